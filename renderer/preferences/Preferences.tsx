import { AppWindow, BookOpen, Info, LibraryBig, Save, ScrollText, Settings2, type LucideIcon } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { explain, joinSentences } from '../../shared/words/explain.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { closePanel } from '../view.ts';
import { useWords } from '../words.ts';
import { BrowserSection } from './BrowserSection.tsx';
import { useSettings } from './change-settings.ts';
import { LibrarySection } from './LibrarySection.tsx';
import { AboutSection, CaptureSection, GeneralSection } from './OtherSections.tsx';
import { ReadingSection } from './ReadingSection.tsx';
import { RulesSection } from './RulesSection.tsx';
import styles from './Preferences.module.css';

const sections = [
  { id: 'reading', Icon: BookOpen },
  { id: 'library', Icon: LibraryBig },
  { id: 'capture', Icon: Save },
  { id: 'browser', Icon: AppWindow },
  { id: 'rules', Icon: ScrollText },
  { id: 'general', Icon: Settings2 },
  { id: 'about', Icon: Info },
] as const satisfies ReadonlyArray<{ id: string; Icon: LucideIcon }>;
type SectionId = (typeof sections)[number]['id'];

type BodyProps = { section: SectionId; settings: Settings; change: (patch: Partial<Settings>) => void };

function Body({ section, settings, change }: BodyProps) {
  switch (section) {
    case 'reading':
      return <ReadingSection settings={settings} change={change} />;
    case 'library':
      return <LibrarySection />;
    case 'capture':
      return <CaptureSection settings={settings} change={change} />;
    case 'browser':
      return <BrowserSection settings={settings} change={change} />;
    case 'rules':
      return <RulesSection />;
    case 'general':
      return <GeneralSection settings={settings} change={change} />;
    case 'about':
      return <AboutSection />;
    default:
      return section satisfies never;
  }
}

/** Every preference, by section; each is kept as soon as it is changed. */
export function Preferences() {
  const words = useWords();
  const { settings, change, failure } = useSettings();
  const [section, setSection] = useState<SectionId>('reading');
  // On a narrow window the sections are one line that scrolls: the chosen one is not left half out of sight.
  const chosen = useCallback((tab: HTMLElement | null) => tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), []);
  const told = failure === null ? null : explain(words, failure);
  return (
    <Panel title={words.preferences.title} size="wide" onClose={closePanel}>
      <div className={styles['columns']}>
        <nav className={styles['nav']} aria-label={words.preferences.title}>
          {sections.map(({ id, Icon }) => (
            <button
              key={id}
              ref={id === section ? chosen : undefined}
              type="button"
              className={styles['tab']}
              aria-current={id === section ? 'page' : undefined}
              data-first={id === section ? '' : undefined}
              onClick={() => setSection(id)}
            >
              <Icon size={16} strokeWidth={1.5} aria-hidden />
              {words.preferences.sections[id]}
            </button>
          ))}
        </nav>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
        <section className={styles['body']} aria-labelledby="preferences-section" tabIndex={0}>
          <h2 id="preferences-section" className="visually-hidden">{words.preferences.sections[section]}</h2>
          {told === null ? null : (
            <p className={controls['alert']} role="alert">
              {words.preferences.notChanged(joinSentences(told.what, told.todo))}
            </p>
          )}
          {settings === undefined ? null : <Body section={section} settings={settings} change={change} />}
        </section>
      </div>
    </Panel>
  );
}
