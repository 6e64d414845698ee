import { Plus } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import type { RuleFile } from '../../shared/site-rule.ts';
import { ask } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { tell, useWords } from '../words.ts';
import styles from './Preferences.module.css';
import { Group } from './Row.tsx';
import { RuleEditor, type Draft } from './RuleEditor.tsx';
import own from './Rules.module.css';

/** The site rules of the library: those there are, what is the matter with them, and one at a time to be written and tried. */
export function RulesSection() {
  const [draft, setDraft] = useState<Draft | null>(null);
  return draft === null ? <RuleList onOpen={setDraft} /> : <RuleEditor key={draft.name} draft={draft} onClose={() => setDraft(null)} />;
}

function RuleList({ onOpen }: { onOpen: (draft: Draft) => void }) {
  const all = useWords();
  const words = all.siteRules;
  const field = useId();
  const [find, setFind] = useState('');
  const [folder, setFolder] = useState<Output<'rules'> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // Asked by hand, each time anew: files come and go in that folder without any news of it.
  useEffect(() => {
    let current = true;
    const look = async () => {
      const reply = await ask('rules', { find: find.trim() });
      if (!current) return;
      if (reply.ok) setFolder(reply.value);
      setFailure(reply.ok ? null : reply.failure);
    };
    void look();
    return () => {
      current = false;
    };
  }, [find]);
  const open = async (name: string) => {
    const reply = await ask('rule', { name });
    if (reply.ok) onOpen(reply.value);
    else setFailure(reply.failure);
  };
  return (
    <>
      <Group>
        <div className={styles['fact']}>
          <h3>{words.folder}</h3>
          {folder === null ? null : <p className={styles['path']}>{folder.path}</p>}
          <p className={controls['hint']}>{words.about}</p>
        </div>
      </Group>
      {failure === null ? null : <p className={controls['alert']} role="alert">{tell(all, failure)}</p>}
      <div className={own['tools']}>
        {folder !== null && (folder.total > 0 || find !== '') && (
          <>
            <label htmlFor={field} className="visually-hidden">{words.find}</label>
            <input id={field} type="search" className={controls['field']} placeholder={words.find} value={find} onChange={(event) => setFind(event.target.value)} />
          </>
        )}
        <button type="button" className={controls['button']} onClick={() => onOpen({ name: '', text: '' })}>
          <Plus size={16} strokeWidth={1.5} aria-hidden />
          {words.add}
        </button>
      </div>
      {folder === null ? null : (
        <>
          <p className={controls['hint']} role="status">
            {folder.total > 0 ? words.listed(folder.files.length, folder.total) : find === '' ? words.none : words.noneFound(find)}
          </p>
          {folder.files.length > 0 && (
            <ul className={own['list']}>
              {folder.files.map((file) => <li key={file.name}><RuleRow file={file} onOpen={() => void open(file.name)} /></li>)}
            </ul>
          )}
        </>
      )}
    </>
  );
}

/** One file: whose it is, how much of it is in use, and how many problems it has. */
function RuleRow({ file, onOpen }: { file: RuleFile; onOpen: () => void }) {
  const words = useWords();
  const { name, host, directives, problems } = file;
  const isRule = problems.every(({ kind }) => kind !== 'file-name');
  const broken = problems.filter(({ kind }) => kind !== 'without-effect' && kind !== 'unknown-directive').length;
  const facts = (
    <>
      <strong><bdi>{!isRule ? name : host === null ? words.siteRules.everySite : host.startsWith('.') ? words.siteRules.subdomains(host.slice(1)) : host}</bdi></strong>
      <span className={controls['hint']}>{words.siteRules.directives(directives)}</span>
      {problems.length > 0 && <span className={own['problems']} data-broken={broken > 0 || undefined}>{words.siteRules.problemCount(problems.length)}</span>}
    </>
  );
  return isRule ? <button type="button" className={own['row']} onClick={onOpen}>{facts}</button> : <div className={own['row']}>{facts}</div>;
}
