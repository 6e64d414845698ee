import { keyCaps, runnable, type Command, type RunnableId } from '../../shared/commands.ts';
import { keyPlaces, localCaps, localKeys } from '../../shared/local-keys.ts';
import { useAsk } from '../ask.ts';
import { isMac } from '../keyboard.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { closePanel, openPanel } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './Shortcuts.module.css';

/** The keys of a command as caps. */
export function Keys({ command }: { command: Command }) {
  return <Ways ways={keyCaps(command, isMac())} inTurn={command.keys.letter !== undefined} />;
}

/** Keys pressed together stand close; other ways stand apart. `inTurn`: of the first way, one is pressed after the other. */
function Ways({ ways, inTurn = false }: { ways: string[][]; inTurn?: boolean }) {
  const words = useWords().shortcuts;
  return (
    <span className={styles['keys']}>
      {ways.map((way, index) => (
        <span key={way.join(' ')} className={styles['way']}>
          {index === 0 ? null : <span className={styles['between']}>{words.or}</span>}
          {way.map((cap, place) => (
            <span key={`${place} ${cap}`} className={styles['way']}>
              {place > 0 && index === 0 && inTurn ? <span className={styles['between']}>{words.after}</span> : null}
              <kbd className={controls['cap']}>{cap}</kbd>
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}

type GroupName = 'general' | 'view' | 'article' | 'go';
const order: readonly GroupName[] = ['general', 'go', 'view', 'article'];

/** Commands with keys, by group: a menu with many has its own, what is for an article is with the articles, the rest is general. */
function grouped(): Array<{ name: GroupName; commands: Array<Command & { id: RunnableId }> }> {
  const groupOf = ({ menu, when }: Command): GroupName => order.find((name) => name === menu) ?? (when === 'article' ? 'article' : 'general');
  const keyed = runnable.filter((command) => keyCaps(command, false).length > 0);
  return order.map((name) => ({ name, commands: keyed.filter((command) => groupOf(command) === name) }));
}

/** Every shortcut, made from the table of commands and the keys that mean something only in their place. */
export function ShortcutsPanel() {
  const words = useWords();
  const { value: settings } = useAsk('settings', {});
  return (
    <Panel title={words.shortcuts.title} size="wide" onClose={closePanel}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <section className={styles['body']} tabIndex={0} data-first="" aria-label={words.shortcuts.title}>
        {settings?.letterShortcuts === false ? (
          <p className={controls['alert']}>
            {words.shortcuts.lettersOff}{' '}
            <button type="button" className={controls['link']} onClick={() => openPanel('preferences')}>
              {words.preferences.title}
            </button>
          </p>
        ) : null}
        <div className={styles['groups']}>
          {grouped().map(({ name, commands }) => (
            <section key={name} className={styles['group']}>
              <h3>{words.shortcuts.groups[name]}</h3>
              <dl>
                {commands.map((command) => (
                  <div key={command.id} className={styles['shortcut']}>
                    <dt>{words.commands[command.id].replace(/…$/u, '')}</dt>
                    <dd>
                      <Keys command={command} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          {keyPlaces.map((place) => (
            <section key={place} className={styles['group']}>
              <h3>{words.shortcuts.places[place]}</h3>
              <dl>
                {localKeys.filter((keys) => keys.place === place).map((keys) => (
                  <div key={keys.id} className={styles['shortcut']}>
                    <dt>{words.shortcuts.local[keys.id]}</dt>
                    <dd>
                      <Ways ways={localCaps(keys, isMac())} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </section>
    </Panel>
  );
}
