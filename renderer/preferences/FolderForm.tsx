import { useEffect, useId, useRef, useState } from 'react';
import type { FolderPlan } from '../../shared/library-folder.ts';
import { ask } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { sayFailure } from '../parts/toasts.ts';
import { tell, useWords } from '../words.ts';
import styles from './Folder.module.css';
import { workOf, type Work } from './Outcome.tsx';

type Act = 'move' | 'open';
type Props = { act: Act; canChoose: boolean; run: (plan: FolderPlan) => void; close: () => void };

/** Milliseconds without a key before the folder typed is looked at. */
const pause = 250;

/** A folder is chosen, and what would come of it is said before anything is done. */
export function FolderForm({ act, canChoose, run, close }: Props) {
  const words = useWords();
  const { folder } = words;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState('');
  /** What was last answered, and for which folder. */
  const [looked, setLooked] = useState<{ path: string; work: Work<FolderPlan> }>({ path: '', work: { state: 'idle' } });
  useEffect(() => field.current?.focus(), []);
  const wanted = path.trim();
  useEffect(() => {
    if (wanted === '') return undefined;
    let over = false;
    const timer = setTimeout(async () => {
      const reply = await ask('planFolder', { path: wanted, act });
      if (!over) setLooked({ path: wanted, work: workOf(reply) });
    }, pause);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted, act]);
  const look: Work<FolderPlan> = wanted === '' ? { state: 'idle' } : looked.path === wanted ? looked.work : { state: 'working' };
  const choose = async () => {
    const reply = await ask('chooseFolder', {});
    if (!reply.ok) sayFailure(reply.failure);
    else if (reply.value.path !== null) setPath(reply.value.path);
    field.current?.focus();
  };
  const plan = look.state === 'done' ? look.value : null;
  const tooLittle = plan?.act === 'move' && plan.needed !== null && plan.free !== null && plan.free < plan.needed;
  return (
    <form
      className={styles['form']}
      aria-label={act === 'move' ? folder.moveTitle : folder.openTitle}
      onSubmit={(event) => {
        event.preventDefault();
        if (plan !== null && !tooLittle) run(plan);
      }}
    >
      <label htmlFor={id}>{folder.field}</label>
      <div className={styles['line']}>
        <input
          ref={field} id={id} className={controls['field']} value={path} placeholder={folder.example} spellCheck={false} autoCapitalize="off" autoComplete="off"
          aria-describedby={`${id}-hint ${id}-plan`} onChange={(event) => setPath(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // Only the form closes, not the preferences around it.
            event.stopPropagation();
            close();
          }}
        />
        {canChoose ? <button type="button" className={controls['button']} onClick={() => void choose()}>{folder.choose}</button> : null}
      </div>
      <p id={`${id}-hint`} className={controls['hint']}>{act === 'move' ? folder.moveHint : folder.openHint}</p>
      <div id={`${id}-plan`} className={styles['plan']} aria-live="polite">
        {look.state === 'working' ? <p className={controls['hint']}>{folder.looking}</p> : null}
        {look.state === 'failed' ? <p className={controls['alert']}>{tell(words, look.failure)}</p> : null}
        {plan === null ? null : <Plan plan={plan} />}
      </div>
      <div className={styles['tools']}>
        <button type="submit" className={`${controls['button']} ${controls['primary']}`} disabled={plan === null || tooLittle}>
          {act === 'move' ? folder.moveNow : plan?.act === 'open' && plan.made ? folder.makeNow : folder.openNow}
        </button>
        <button type="button" className={controls['button']} onClick={close}>{words.app.cancel}</button>
      </div>
    </form>
  );
}

function Plan({ plan }: { plan: FolderPlan }) {
  const words = useWords();
  const { folder } = words;
  if (plan.act === 'open') return <p>{plan.made ? folder.willMake(plan.path) : folder.willOpen(plan.path)}</p>;
  if (plan.needed === null) return <p>{folder.willRename(plan.path)}</p>;
  if (plan.free !== null && plan.free < plan.needed) {
    return <p className={controls['alert']}>{tell(words, { kind: 'no-room', path: plan.path, needed: plan.needed, free: plan.free })}</p>;
  }
  return <p>{folder.willCopy(plan.path, plan.needed, plan.free)}</p>;
}
