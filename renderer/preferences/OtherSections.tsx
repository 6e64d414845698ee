import type { Settings } from '../../shared/settings.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { openPanel } from '../view.ts';
import { useWords } from '../words.ts';
import { Choice, Group, Row, Switch } from './Row.tsx';
import styles from './Preferences.module.css';

type Props = { settings: Settings; change: (patch: Partial<Settings>) => void };

const limits = [1_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000];

/** What is kept when a page is saved. */
export function CaptureSection({ settings, change }: Props) {
  const words = useWords().preferences;
  const offered = limits.includes(settings.pictureLimit) ? limits : [...limits, settings.pictureLimit].toSorted((a, b) => a - b);
  return (
    <Group>
      <Switch
        label={words.keepPictures}
        hint={words.keepPicturesHint}
        on={settings.keepPictures}
        onChange={(keepPictures) => change({ keepPictures })}
      />
      <Row label={words.pictureLimit} hint={words.pictureLimitHint}>
        {(id, hintId) => (
          <select
            id={id}
            className={controls['select']}
            aria-describedby={hintId}
            disabled={!settings.keepPictures}
            value={settings.pictureLimit}
            onChange={(event) => change({ pictureLimit: Number(event.target.value) })}
          >
            {offered.map((limit) => (
              <option key={limit} value={limit}>
                {words.size(limit)}
              </option>
            ))}
          </select>
        )}
      </Row>
      <Switch
        label={words.renderPages}
        hint={words.renderPagesHint}
        on={settings.renderPages}
        onChange={(renderPages) => change({ renderPages })}
      />
    </Group>
  );
}

const languages = ['system', 'en', 'zh-CN'] as const satisfies ReadonlyArray<Settings['language']>;

/** The language of the interface, which changes at once; whether single letters are shortcuts, and the way to the list of all. */
export function GeneralSection({ settings, change }: Props) {
  const words = useWords().preferences;
  return (
    <>
      <Group>
        <Choice
          label={words.language}
          value={settings.language}
          options={languages.map((value) => ({ value, text: words.languages[value], ...(value === 'system' ? {} : { lang: value }) }))}
          onChange={(language) => change({ language })}
        />
        <Switch
          label={words.letterShortcuts}
          hint={words.letterShortcutsHint}
          on={settings.letterShortcuts}
          onChange={(letterShortcuts) => change({ letterShortcuts })}
        />
      </Group>
      <button type="button" className={controls['button']} onClick={() => openPanel('shortcuts')}>
        {words.showShortcuts}
      </button>
    </>
  );
}

/** Which Lectern this is, and what it does not do. */
export function AboutSection() {
  const words = useWords();
  const { value: facts } = useAsk('library', {});
  return (
    <div className={styles['about']}>
      <p className={styles['name']}>{words.app.name}</p>
      {facts === undefined ? null : <p className={controls['hint']}>{words.preferences.version(facts.version)}</p>}
      <p className={controls['hint']}>{words.preferences.licence}</p>
      <p className={styles['promise']}>{words.preferences.private}</p>
    </div>
  );
}
