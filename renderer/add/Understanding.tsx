import { CircleAlert, CircleCheck, FileText, Link, Repeat } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Recognised } from '../../shared/recognise.ts';
import controls from '../parts/controls.module.css';
import { hostIn } from '../queue/groups.ts';
import { openArticle } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './Add.module.css';
import { useDraft } from './draft.ts';
import { RefusedLines } from './RefusedLines.tsx';
import { mostAddresses } from './save-draft.ts';
import { useKnown } from './use-known.ts';

const SITES = 4;
/** Lines left out that are listed; the count says how many there are in all. */
const REFUSED = 100;

/** What was understood of the field, said before anything is saved. */
export function Understanding({ understood }: { understood: Recognised }) {
  switch (understood.kind) {
    case 'nothing':
      return null;
    case 'addresses':
      return <Addresses understood={understood} />;
    case 'text':
      return <Text understood={understood} />;
    default:
      return understood satisfies never;
  }
}

function Fact({ icon: Icon, tone, children }: { icon: typeof Link; tone?: 'good' | 'trouble'; children: ReactNode }) {
  return (
    <li className={styles['fact']} data-tone={tone}>
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      <div>{children}</div>
    </li>
  );
}

function Addresses({ understood }: { understood: Extract<Recognised, { kind: 'addresses' }> }) {
  const words = useWords().add;
  const { addresses, repeated, refused } = understood;
  const known = useKnown(addresses);
  const had = known?.filter((id) => id !== null) ?? [];
  const fresh = addresses.length - had.length;
  const only = addresses.length === 1 ? had[0] : undefined;
  return (
    <ul className={styles['facts']} aria-label={words.understood}>
      {fresh === 0 ? null : (
        <Fact icon={Link}>
          {words.fresh(fresh)}
          <Sites addresses={addresses} />
        </Fact>
      )}
      {had.length === 0 ? null : (
        <Fact icon={CircleCheck} tone="good">
          {words.known(had.length)}
          <p className={controls['hint']}>
            {words.knownHint}{' '}
            {only === undefined ? null : (
              <button type="button" className={controls['link']} onClick={() => openArticle(only)}>
                {words.openArticle}
              </button>
            )}
          </p>
        </Fact>
      )}
      {repeated === 0 ? null : <Fact icon={Repeat}>{words.repeated(repeated)}</Fact>}
      {refused.length === 0 ? null : (
        <Fact icon={CircleAlert} tone="trouble">
          <details>
            <summary>{words.notUnderstood(refused.length)}</summary>
            <RefusedLines refused={refused.slice(0, REFUSED)} place={words.line} />
          </details>
          <p className={controls['hint']}>{words.notUnderstoodHint}</p>
        </Fact>
      )}
      {addresses.length > mostAddresses ? (
        <Fact icon={CircleAlert} tone="trouble">
          {words.tooMany(mostAddresses)}
        </Fact>
      ) : null}
    </ul>
  );
}

/** The sites the addresses lead to, the most frequent first: a list gone wrong shows here. */
function Sites({ addresses }: { addresses: readonly string[] }) {
  const words = useWords().add;
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const host = hostIn(address) ?? address;
    counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  const sites = [...counts].toSorted((a, b) => b[1] - a[1]);
  const named = sites.slice(0, SITES).map(([host, count]) => words.hostCount(host, count));
  if (sites.length > SITES) named.push(words.otherHosts(sites.length - SITES));
  return <p className={controls['hint']}>{named.join(' · ')}</p>;
}

function Text({ understood }: { understood: Extract<Recognised, { kind: 'text' }> }) {
  const words = useWords().add;
  const { text, title } = useDraft();
  const says = { text: words.isText, markdown: words.isMarkdown, html: words.isPage }[understood.format];
  return (
    <>
      <ul className={styles['facts']} aria-label={words.understood}>
        <Fact icon={FileText}>
          {says}
          <p className={controls['hint']}>{words.textLength(text.trim().length)}</p>
        </Fact>
      </ul>
      <label className={styles['labelled']}>
        <span>{words.articleTitle}</span>
        <input
          type="text"
          className={controls['field']}
          maxLength={500}
          placeholder={understood.title === '' ? words.articleTitleHint : understood.title}
          value={title}
          onChange={(event) => useDraft.setState({ title: event.target.value })}
        />
      </label>
    </>
  );
}
