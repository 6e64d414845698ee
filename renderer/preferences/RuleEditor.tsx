import { ArrowLeft } from 'lucide-react';
import { useId, useState } from 'react';
import type { ArticleId, Row as ArticleRow } from '../../shared/article.ts';
import type { Failure } from '../../shared/failure.ts';
import type { RuleTrial } from '../../shared/site-rule.ts';
import { ask, useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { tell, useWords } from '../words.ts';
import { RuleResult } from './RuleResult.tsx';
import own from './Rules.module.css';

/** A rule file as it is being written; an empty name is a new one. */
export type Draft = { name: string; text: string };

type Work = { state: 'idle' } | { state: 'trying' } | { state: 'tried'; trial: RuleTrial } | { state: 'saved'; name: string } | { state: 'failed'; failure: Failure };

const fileName = /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.txt$/;
const inAddress = 'address';

/** One rule: its file's name, its lines, a page to try it on, and what it gives there. */
export function RuleEditor({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const words = useWords();
  const ids = useId();
  const [name, setName] = useState(draft.name);
  const [text, setText] = useState(draft.text);
  const [address, setAddress] = useState(testAddress(draft.text));
  const [chosen, setChosen] = useState<string | null>(null);
  const [work, setWork] = useState<Work>({ state: 'idle' });
  const saved = useSaved(name);
  const page = chosen !== null && (chosen === inAddress || saved.some(({ id }) => id === chosen)) ? chosen : (saved[0]?.id ?? inAddress);
  const isNamed = fileName.test(name);

  const attempt = async () => {
    setWork({ state: 'trying' });
    const reply = await ask('tryRule', { name: isNamed ? name : '', text, page: page === inAddress ? { url: address.trim() } : { id: page as ArticleId } });
    setWork(reply.ok ? { state: 'tried', trial: reply.value } : { state: 'failed', failure: reply.failure });
  };
  const save = async () => {
    const reply = await ask('saveRule', { name, text });
    setWork(reply.ok ? { state: 'saved', name: reply.value.name } : { state: 'failed', failure: reply.failure });
  };
  const rules = words.siteRules;
  return (
    <div className={own['editor']}>
      <button type="button" className={`${controls['button']} ${controls['quiet']} ${own['back']}`} onClick={onClose}>
        <ArrowLeft size={16} strokeWidth={1.5} aria-hidden />
        {rules.back}
      </button>
      <div className={own['field']}>
        <label htmlFor={`${ids}-name`}>{rules.name}</label>
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the list that had the focus is gone
          autoFocus
          id={`${ids}-name`} className={controls['field']} value={name} spellCheck={false} autoCapitalize="off"
          aria-describedby={`${ids}-name-hint`} onChange={(event) => setName(event.target.value.trim().toLowerCase())}
        />
        <p id={`${ids}-name-hint`} className={controls['hint']}>{name === '' || isNamed ? rules.nameHint : rules.nameWrong}</p>
      </div>
      <div className={own['field']}>
        <label htmlFor={`${ids}-text`}>{rules.text}</label>
        <textarea
          id={`${ids}-text`} className={`${controls['field']} ${own['text']}`} rows={9} value={text} spellCheck={false} autoCapitalize="off"
          aria-describedby={`${ids}-text-hint`} onChange={(event) => setText(event.target.value)}
        />
        <p id={`${ids}-text-hint`} className={controls['hint']}>{rules.textHint}</p>
      </div>
      <div className={own['field']}>
        <label htmlFor={`${ids}-page`}>{rules.page}</label>
        <select id={`${ids}-page`} className={controls['select']} value={page} aria-describedby={`${ids}-page-hint`} onChange={(event) => setChosen(event.target.value)}>
          {saved.map((row) => <option key={row.id} value={row.id}>{row.title}</option>)}
          <option value={inAddress}>{rules.anAddress}</option>
        </select>
        {page === inAddress ? (
          <input
            type="url" className={controls['field']} aria-label={rules.address} value={address} spellCheck={false}
            onChange={(event) => setAddress(event.target.value)}
          />
        ) : null}
        <p id={`${ids}-page-hint`} className={controls['hint']}>{rules.pageHint}</p>
      </div>
      <div className={own['tools']}>
        <button type="button" className={controls['button']} disabled={work.state === 'trying' || (page === inAddress && address.trim() === '')} onClick={() => void attempt()}>
          {work.state === 'trying' ? rules.trying : rules.tryIt}
        </button>
        <button type="button" className={`${controls['button']} ${controls['primary']}`} disabled={!isNamed} onClick={() => void save()}>{rules.save}</button>
      </div>
      <div aria-live="polite">
        {work.state === 'saved' && <p className={own['good']}>{rules.saved(work.name)}</p>}
        {work.state === 'failed' && <p className={controls['alert']}>{tell(words, work.failure)}</p>}
        {work.state === 'tried' && <RuleResult trial={work.trial} isNamed={isNamed} />}
      </div>
    </div>
  );
}

/** The ready articles of the sites that a file's name is for, newest first. */
function useSaved(name: string): ArticleRow[] {
  const host = name.replace(/\.txt$/, '');
  const isEverywhere = host === 'global' || host === '';
  // Rows name their hosts without it.
  const site = host.replace(/^\./, '').replace(/^www\./, '');
  const all = useAsk('list', isEverywhere ? { where: { list: 'all' }, count: 50 } : null);
  const some = useAsk('search', isEverywhere ? null : { query: `site:${site}`, count: 50 }, { keepLast: true });
  const rows = isEverywhere ? (all.value?.rows ?? []) : (some.value?.hits ?? []);
  return rows.filter((row) => row.stage.state === 'ready' && row.url !== null && (isEverywhere || (host.startsWith('.') ? row.host?.endsWith(host) === true : row.host === site)));
}

/** The rule's own example, to begin with. */
function testAddress(text: string): string {
  return /^\s*test_url:\s*(\S+)/im.exec(text)?.[1] ?? '';
}
