import type { Explanation } from '../../shared/explanation.ts';
import { joinSentences } from '../../shared/words/explain.ts';
import { useWords } from '../words.ts';
import styles from './LeftOut.module.css';

/** What a page had besides its article, by the reasons why it was left out. */
export function LeftOut({ explanation, lang }: { explanation: Explanation; lang: string | null }) {
  const words = useWords().explanation;
  const { by, page, kept, broughtBack, leftOut } = explanation;
  return (
    <div className={styles.all}>
      <p>{joinSentences(words.by[by], words.counts(kept.blocks, page.blocks, kept.pictures, page.pictures))}</p>
      {broughtBack.whole + broughtBack.footnote > 0 && <p>{words.broughtBack(broughtBack.whole, broughtBack.footnote)}</p>}
      <ul className={styles.list} aria-label={words.about}>
        {leftOut.map(({ step, why, blocks, characters, examples }) => (
          <li key={why}>
            <p>{words.because(words.steps[step], words.whys[why])} <span className={styles.size}>{words.size(blocks, characters)}</span></p>
            {examples.map((text, at) => <p key={`${at} ${text}`} className={styles.example} lang={lang ?? undefined}><bdi>{text}</bdi></p>)}
          </li>
        ))}
      </ul>
    </div>
  );
}
