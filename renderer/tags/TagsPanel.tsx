import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { closePanel, openPanel } from '../view.ts';
import { useWords } from '../words.ts';
import { RuleList } from './RuleList.tsx';
import { TagList } from './TagList.tsx';
import styles from './TagsPanel.module.css';

/** Every tag, and the reader's rules beside them. */
export function TagsPanel({ show }: { show: 'tags' | 'tagRules' }) {
  const words = useWords().tags;
  return (
    <Panel title={words.title} size="wide" onClose={closePanel}>
      <div className={styles['switch']}>
        <div className={controls['segments']} role="radiogroup" aria-label={words.title}>
          {(['tags', 'tagRules'] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="tags-panel" checked={show === each} onChange={() => openPanel(each)} />
              {words.sections[each]}
            </label>
          ))}
        </div>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <section className={styles['body']} aria-label={words.sections[show]} tabIndex={0}>
        {show === 'tags' ? <TagList /> : <RuleList />}
      </section>
    </Panel>
  );
}
