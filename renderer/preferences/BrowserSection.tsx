import { useEffect, useRef, useState } from 'react';
import { bookmarklet } from '../../shared/bookmarklet.ts';
import type { BrowserFacts, PairedBrowser } from '../../shared/browser.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Settings } from '../../shared/settings.ts';
import { api } from '../api.ts';
import { ask, useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { tell, useDates, useWords } from '../words.ts';
import styles from './BrowserSection.module.css';
import rows from './Preferences.module.css';
import { Group, Switch } from './Row.tsx';

type Props = { settings: Settings; change: (patch: Partial<Settings>) => void };

/** The reader's own browsers: whether they may hand pages over, which are paired, and how one more is. */
export function BrowserSection({ settings, change }: Props) {
  const words = useWords();
  const { value: facts } = useAsk('browsers', {});
  const [failure, setFailure] = useState<Failure | null>(null);
  const act = async (question: Promise<{ ok: true } | { ok: false; failure: Failure }>) => {
    const reply = await question;
    setFailure(reply.ok ? null : reply.failure);
  };
  if (facts === undefined) return null;
  return (
    <>
      <Group>
        <Switch
          label={words.preferences.browser.captureDoor}
          hint={words.preferences.browser.captureDoorHint}
          on={settings.captureDoor}
          onChange={(captureDoor) => change({ captureDoor })}
        />
        <div className={rows['act']}>
          <Standing facts={facts} />
          <button type="button" className={controls['button']} disabled={facts.door === 'none'} onClick={() => void act(ask('pairBrowser', {}))}>
            {facts.code === null ? words.preferences.browser.pair : words.preferences.browser.newCode}
          </button>
          {facts.code === null ? null : <Code code={facts.code} onCancel={() => void act(ask('endPairing', {}))} />}
        </div>
      </Group>
      {failure === null ? null : <p className={controls['alert']} role="alert">{tell(words, failure)}</p>}
      <Paired paired={facts.paired} onForget={(id) => void act(ask('forgetBrowser', { id }))} />
      <Group>
        <Extension folder={facts.extension} />
        <Bookmark />
      </Group>
    </>
  );
}

function Standing({ facts }: { facts: BrowserFacts }) {
  const words = useWords().preferences.browser;
  return (
    <div>
      <h3>{words.pair}</h3>
      <p className={facts.door === 'no-port' ? controls['alert'] : controls['hint']} role="status">
        {words.door[facts.door]}
      </p>
    </div>
  );
}

/** The code while it is good; it goes by itself when its time is over. */
function Code({ code: { code, until }, onCancel }: { code: NonNullable<BrowserFacts['code']>; onCancel: () => void }) {
  const words = useWords();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.ceil((Date.parse(until) - now) / 1_000);
  const over = left <= 0;
  const cancel = useRef(onCancel);
  useEffect(() => {
    cancel.current = onCancel;
  }, [onCancel]);
  useEffect(() => {
    if (over) cancel.current();
  }, [over]);
  if (over) return null;
  return (
    <div className={styles['pairing']}>
      <p id="pairing-code">{words.preferences.browser.code}</p>
      <p className={styles['code']} role="status" aria-labelledby="pairing-code">
        <span className="visually-hidden">{[...code].join(' ')}</span>
        <span aria-hidden>{`${code.slice(0, 4)} ${code.slice(4)}`}</span>
      </p>
      <p className={controls['hint']} role="timer">{words.preferences.browser.secondsLeft(left)}</p>
      <p className={controls['hint']}>{words.preferences.browser.codeHint}</p>
      <button type="button" className={controls['link']} onClick={onCancel}>
        {words.preferences.browser.endPairing}
      </button>
    </div>
  );
}

function Paired({ paired, onForget }: { paired: readonly PairedBrowser[]; onForget: (id: string) => void }) {
  const words = useWords().preferences.browser;
  const dates = useDates();
  return (
    <Group title={words.paired}>
      {paired.length === 0 ? <p className={`${styles['none']} ${controls['hint']}`}>{words.none}</p> : null}
      {paired.map(({ id, name, pairedAt, usedAt }) => (
        <div key={id} className={rows['act']}>
          <div>
            <h3 className={styles['name']}>{name}</h3>
            <p className={controls['hint']}>
              {words.pairedOn(dates.ago(pairedAt))}
              {usedAt === null ? null : <span className={styles['apart']}>{words.usedOn(dates.ago(usedAt))}</span>}
            </p>
          </div>
          <button type="button" className={controls['button']} aria-label={words.forgetBrowser(name)} onClick={() => onForget(id)}>
            {words.forget}
          </button>
        </div>
      ))}
    </Group>
  );
}

function Extension({ folder }: { folder: string | null }) {
  const words = useWords().preferences.browser;
  return (
    <div className={rows['act']}>
      <div>
        <h3>{words.extension}</h3>
        <p className={controls['hint']}>{folder === null ? words.noExtension : words.extensionHint}</p>
        {folder === null ? null : <p className={rows['path']}>{folder}</p>}
      </div>
      {folder === null ? null : <Copy text={folder} label={words.copyPath} />}
    </div>
  );
}

/** Dragged where there is a bookmarks bar to drag it to; copied from the desktop's own window. */
function Bookmark() {
  const words = useWords().preferences.browser;
  const draggable = api.host === 'browser';
  // React refuses such an address, with reason; this one is only carried away, and the page's policy would not run it.
  const carry = (link: HTMLAnchorElement | null) => link?.setAttribute('href', bookmarklet);
  return (
    <div className={rows['act']}>
      <div>
        <h3>{words.bookmarkletTitle}</h3>
        <p className={controls['hint']}>{draggable ? words.bookmarkletHint : words.bookmarkletHintCopy}</p>
        {draggable ? (
          // oxlint-disable-next-line jsx-a11y/anchor-is-valid, jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- its address is set above, and it does nothing here
          <a ref={carry} className={styles['bookmark']} onClick={(event) => event.preventDefault()}>
            {words.bookmarklet}
          </a>
        ) : null}
      </div>
      <Copy text={bookmarklet} label={words.copyBookmarklet} />
    </div>
  );
}

function Copy({ text, label }: { text: string; label: string }) {
  const words = useWords().preferences.browser;
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
  };
  return (
    <button type="button" className={controls['button']} onClick={() => void copy()}>
      <span aria-live="polite">{done ? words.copied : label}</span>
    </button>
  );
}
