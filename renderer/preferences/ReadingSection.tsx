import type { Settings, Typeface } from '../../shared/settings.ts';
import { translateSites } from '../../shared/translate-site.ts';
import controls from '../parts/controls.module.css';
import { usualText } from '../reader/look.ts';
import { useWords } from '../words.ts';
import { Preview } from './Preview.tsx';
import { Choice, Group, Row, Slider, Switch } from './Row.tsx';
import { Themes } from './Themes.tsx';

const typefaces = ['literata', 'source-serif', 'inter', 'atkinson', 'open-dyslexic', 'system-serif', 'system-sans'] as const satisfies readonly Typeface[];
const aids = ['dimOthers', 'ruler', 'wordBeginnings'] as const;
const appearances = ['auto', 'light', 'dark'] as const;

/** How articles look: colours, letters and lines, with a paragraph to judge them by. */
export function ReadingSection({ settings, change }: { settings: Settings; change: (patch: Partial<Settings>) => void }) {
  const words = useWords().preferences;
  return (
    <>
      <Preview settings={settings} />
      <Group>
        <Row label={words.typeface}>
          {(id) => (
            <select
              id={id}
              className={controls['select']}
              value={settings.typeface}
              onChange={(event) => change({ typeface: typefaces.find((each) => each === event.target.value) ?? settings.typeface })}
            >
              {typefaces.map((typeface) => (
                <option key={typeface} value={typeface}>
                  {words.typefaces[typeface]}
                </option>
              ))}
            </select>
          )}
        </Row>
        <Slider
          label={words.textSize}
          value={settings.textSize}
          min={12}
          max={40}
          step={1}
          text={words.pixels}
          onChange={(textSize) => change({ textSize })}
        />
        <Slider
          label={words.columnWidth}
          value={settings.columnWidth ?? 34}
          min={20}
          max={70}
          step={1}
          text={words.ems}
          onChange={(columnWidth) => change({ columnWidth })}
          automatic={{
            text: words.automatic,
            on: settings.columnWidth === null,
            onChange: (on) => change({ columnWidth: on ? null : 34 }),
          }}
        />
        <Slider
          label={words.lineHeight}
          value={settings.lineHeight ?? 1.6}
          min={1.2}
          max={2.6}
          step={0.1}
          text={words.lines}
          onChange={(value) => change({ lineHeight: Math.round(value * 10) / 10 })}
          automatic={{
            text: words.automatic,
            on: settings.lineHeight === null,
            onChange: (on) => change({ lineHeight: on ? null : 1.6 }),
          }}
        />
        <Slider
          label={words.paragraphGap}
          value={settings.paragraphGap ?? 0.8}
          min={0}
          max={2}
          step={0.1}
          text={words.lines}
          onChange={(value) => change({ paragraphGap: Math.round(value * 10) / 10 })}
          automatic={{
            text: words.automatic,
            on: settings.paragraphGap === null,
            onChange: (on) => change({ paragraphGap: on ? null : 0.8 }),
          }}
        />
        <Switch label={words.justify} on={settings.justify} onChange={(justify) => change({ justify })} />
        <Switch label={words.indent} on={settings.indent} onChange={(indent) => change({ indent })} />
        <Switch
          label={words.inPages}
          hint={words.inPagesHint}
          on={settings.flow === 'pages'}
          onChange={(on) => change({ flow: on ? 'pages' : 'scroll' })}
        />
      </Group>
      <Group title={words.cjk}>
        <Switch label={words.spaceHan} on={settings.spaceHan} onChange={(spaceHan) => change({ spaceHan })} />
        <Switch label={words.trimMarks} on={settings.trimMarks} onChange={(trimMarks) => change({ trimMarks })} />
        <Switch label={words.repairMarks} hint={words.repairMarksHint} on={settings.repairMarks} onChange={(repairMarks) => change({ repairMarks })} />
        <Switch label={words.vertical} hint={words.verticalHint} on={settings.vertical} onChange={(vertical) => change({ vertical })} />
      </Group>
      <Group>
        {aids.map((aid) => <Switch key={aid} label={words.aids[aid]} on={settings[aid]} onChange={(on) => change({ [aid]: on })} />)}
        <Row label={words.translateSite} hint={words.translateSiteHint}>
          {(id, hintId) => (
            <select
              id={id} aria-describedby={hintId} className={controls['select']} value={settings.translateSite}
              onChange={(event) => change({ translateSite: translateSites.find((each) => each === event.target.value) ?? 'none' })}
            >
              {translateSites.map((site) => <option key={site} value={site}>{words.translateSites[site]}</option>)}
            </select>
          )}
        </Row>
      </Group>
      <Group>
        <Choice
          label={words.appearance}
          value={settings.appearance}
          options={appearances.map((value) => ({ value, text: words.appearances[value] }))}
          onChange={(appearance) => change({ appearance })}
        />
        <Themes settings={settings} change={change} />
      </Group>
      <Group>
        <Row label={words.usualText} hint={words.usualTextHint}>
          {(id, hintId) => (
            <button id={id} type="button" className={controls['button']} aria-describedby={hintId} onClick={() => change(usualText)}>
              {words.restoreText}
            </button>
          )}
        </Row>
      </Group>
    </>
  );
}
