import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { FolderPlan, KnownLibrary, Sizes } from '../../shared/library-folder.ts';
import { useActivity } from '../activity.ts';
import { ask, useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { IconButton } from '../parts/IconButton.tsx';
import { sayFailure } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import styles from './Folder.module.css';
import { FolderForm } from './FolderForm.tsx';
import { Outcome, workOf, type Work } from './Outcome.tsx';
import own from './Preferences.module.css';

/** Where the library is, how to have it elsewhere or open another, and the room it takes. */
export function LibraryFolder() {
  const words = useWords();
  const { value: facts } = useAsk('folder', {});
  const told = useActivity((activity) => activity.moving);
  const [form, setForm] = useState<'move' | 'open' | null>(null);
  const [work, setWork] = useState<Work<string>>({ state: 'idle' });
  const opener = useRef<HTMLButtonElement>(null);
  const moving = told ?? facts?.moving ?? null;
  const show = (act: 'move' | 'open') => {
    setWork({ state: 'idle' });
    setForm(form === act ? null : act);
  };
  const close = () => {
    setForm(null);
    opener.current?.focus();
  };
  const run = async (plan: FolderPlan) => {
    close();
    setWork({ state: 'working' });
    if (plan.act === 'open') return open(plan.path, plan.made);
    const reply = await ask('moveLibrary', { path: plan.path });
    setWork(reply.ok ? { state: 'done', value: reply.value.path } : { state: 'failed', failure: reply.failure });
  };
  const open = async (path: string, make: boolean) => {
    const reply = await ask('openLibrary', { path, make });
    // Where it went well the whole window begins anew with the other library.
    if (!reply.ok) setWork({ state: 'failed', failure: reply.failure });
  };
  const reveal = async () => {
    const reply = await ask('showFolder', {});
    if (!reply.ok) sayFailure(reply.failure);
  };
  return (
    <>
      <div className={own['fact']}>
        <h3>{words.preferences.libraryPath}</h3>
        {facts === undefined ? null : <p className={own['path']}>{facts.path}</p>}
        <p className={controls['hint']}>{words.preferences.libraryPathHint}</p>
        <div className={styles['tools']}>
          {facts?.canShow === true ? <button type="button" className={controls['button']} onClick={() => void reveal()}>{words.folder.show}</button> : null}
          {facts?.canSwitch === true ? (
            <>
              <button ref={opener} type="button" className={controls['button']} aria-expanded={form === 'move'} disabled={moving !== null} onClick={() => show('move')}>{words.folder.move}</button>
              <button type="button" className={controls['button']} aria-expanded={form === 'open'} disabled={moving !== null} onClick={() => show('open')}>{words.folder.openOther}</button>
            </>
          ) : null}
        </div>
        {moving === null ? (
          <Outcome work={work.state === 'working' ? { state: 'idle' } : work} working="">
            {(path) => <p className={own['good']}>{words.folder.moved(path)}</p>}
          </Outcome>
        ) : (
          <div>
            <p className={controls['hint']} aria-live="polite">{words.folder.moving(moving.to, moving.done, moving.of)}</p>
            <progress className={styles['bar']} aria-label={words.folder.progress} max={moving.of} value={moving.done} />
          </div>
        )}
      </div>
      {form === null ? null : <FolderForm key={form} act={form} canChoose={facts?.canChoose === true} run={(plan) => void run(plan)} close={close} />}
      {facts === undefined || facts.known.length === 0 ? null : <Known known={facts.known} busy={moving !== null} open={(path) => void open(path, false)} />}
      <Room free={facts?.free ?? null} />
    </>
  );
}

function Known({ known, busy, open }: { known: readonly KnownLibrary[]; busy: boolean; open: (path: string) => void }) {
  const { folder } = useWords();
  const forget = async (path: string) => {
    const reply = await ask('forgetLibrary', { path });
    if (!reply.ok) sayFailure(reply.failure);
  };
  return (
    <div className={own['fact']}>
      <h3>{folder.known}</h3>
      <ul className={styles['known']}>
        {known.map(({ path, there }) => (
          <li key={path}>
            <span className={`${own['path']} ${styles['where']}`}>{path}</span>
            {there ? null : <span className={controls['hint']}>{folder.gone}</span>}
            <button type="button" className={controls['button']} disabled={!there || busy} aria-label={folder.open(path)} onClick={() => open(path)}>{folder.openNow}</button>
            <IconButton icon={X} label={folder.forget(path)} onClick={() => void forget(path)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const kinds = ['articles', 'pictures', 'journals', 'index', 'other'] as const satisfies ReadonlyArray<keyof Sizes>;

/** Counted when asked for: it looks at every file there is. */
function Room({ free }: { free: number | null }) {
  const { folder } = useWords();
  const [work, setWork] = useState<Work<Sizes>>({ state: 'idle' });
  const count = async () => {
    setWork({ state: 'working' });
    setWork(workOf(await ask('sizes', {})));
  };
  return (
    <div className={own['act']}>
      <div>
        <h3>{folder.sizes}</h3>
        {free === null ? null : <p className={controls['hint']}>{folder.free(free)}</p>}
      </div>
      <button type="button" className={controls['button']} disabled={work.state === 'working'} onClick={() => void count()}>{folder.count}</button>
      <Outcome work={work} working={folder.counting}>
        {(sizes) => (
          <dl className={styles['sizes']}>
            {kinds.map((kind) => [<dt key={kind}>{folder.kinds[kind]}</dt>, <dd key={`${kind} size`}>{folder.size(sizes[kind])}</dd>])}
            <dt className={styles['total']}>{folder.kinds.total}</dt>
            <dd className={styles['total']}>{folder.size(sizes.total)}</dd>
          </dl>
        )}
      </Outcome>
    </div>
  );
}
