import { SlidersHorizontal } from 'lucide-react';
import { groupings } from '../../shared/listing.ts';
import { useSettings } from '../preferences/change-settings.ts';
import controls from '../parts/controls.module.css';
import { Popover } from '../reader/Popover.tsx';
import { setGroup, useView } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './ViewMenu.module.css';

/** How every list looks: its groups, how close its rows stand, and whether they show pictures. */
export function ViewMenu() {
  const words = useWords();
  return <Popover icon={SlidersHorizontal} label={words.list.view}><Choices /></Popover>;
}

function Choices() {
  const words = useWords();
  const group = useView((view) => view.group);
  const { settings, change } = useSettings();
  if (settings === undefined) return null;
  return (
    <div className={styles.choices}>
      <label>
        <span>{words.list.groupBy}</span>
        <select
          className={controls['select']} value={group ?? ''}
          onChange={(event) => setGroup(groupings.find((each) => each === event.target.value) ?? null)}
        >
          <option value="">{words.list.groups.none}</option>
          {groupings.map((each) => <option key={each} value={each}>{words.list.groups[each]}</option>)}
        </select>
      </label>
      {group === 'tag' && <p className={controls['hint']} role="status">{words.list.byFirstTag}</p>}
      <fieldset>
        <legend>{words.list.density}</legend>
        <div className={controls['segments']}>
          {(['comfortable', 'compact'] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="density" checked={settings.density === each} onChange={() => change({ density: each })} />
              {words.list.densities[each]}
            </label>
          ))}
        </div>
      </fieldset>
      <label>
        <span>{words.list.thumbnails}</span>
        <input
          type="checkbox" role="switch" className={controls['switch']} checked={settings.thumbnails} aria-checked={settings.thumbnails}
          onChange={(event) => change({ thumbnails: event.target.checked })}
        />
      </label>
    </div>
  );
}
