import { PanelLeftOpen } from 'lucide-react';
import { useState } from 'react';
import { useActivity } from './activity.ts';
import styles from './App.module.css';
import { ask, useAsk } from './ask.ts';
import { runCommand } from './commands.ts';
import { NothingOpen } from './home/NothingOpen.tsx';
import { useLookUp } from './dictionary/look-up.ts';
import { isList } from './hash.ts';
import {
  AddPanel, AgainManyPanel, AgainPanel, ComparePanel, DuplicatesView, ExportPanel, HighlightsView, Home, LookUpPanel, NotePanel,
  Player, Preferences, QueueView, Reader, RenameTag, SearchPanel, ShortcutsPanel, StatisticsView, TagEditor, TagsPanel, GoneBar, OpeningScreen,
} from './late-parts.ts';
import { ListPane } from './list/ListPane.tsx';
import { placeTitle } from './list/place-title.ts';
import { IconButton } from './parts/IconButton.tsx';
import { Separator } from './parts/Separator.tsx';
import { sayFailure } from './parts/toasts.ts';
import { Toasts } from './parts/Toasts.tsx';
import { Sidebar } from './sidebar/Sidebar.tsx';
import { useTheme } from './style/theme.ts';
import { useView } from './view.ts';
import { useLayout } from './layout.ts';
import { useWindow } from './window.ts';
import { useWords } from './words.ts';

/** The whole window: the panes, the panel over them, and what every screen shares. */
export function App() {
  useWindow();
  useTheme();
  const words = useWords();
  const gone = useActivity((activity) => activity.gone);
  const { value: opening } = useAsk('opening', {});
  const { value: settings, failure } = useAsk('settings', {});
  if (settings === undefined && failure !== null) return <p className={styles.gone} role="alert">{words.app.gone}</p>;
  // Without settings the theme, the language and the widths are guesses: nothing is better than a jump.
  if (settings === undefined) return null;
  if (opening !== undefined && opening.state !== 'open' && opening.state !== 'gone') {
    return (
      <>
        <OpeningScreen opening={opening} />
        <Toasts />
      </>
    );
  }
  return (
    <>
      <a className={styles.skip} href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}>{words.app.skip}</a>
      {gone && <p className={styles.lost} role="alert">{words.app.gone}</p>}
      {opening?.state === 'gone' && !gone && <GoneBar path={opening.path} className={styles.lost} />}
      <div className={styles.window}>
        <Panes sidebarWidth={settings.sidebarWidth} listWidth={settings.listWidth} />
        <Player />
      </div>
      <Over />
      <Toasts />
    </>
  );
}

function Panes({ sidebarWidth, listWidth }: { sidebarWidth: number; listWidth: number }) {
  const words = useWords();
  const { where, article, narrow, focus } = useView();
  const shown = useLayout();
  const sidebar = usePaneWidth('sidebarWidth', sidebarWidth);
  const list = usePaneWidth('listWidth', listWidth);
  const listed = isList(where) ? where : null;
  return (
    <div className={styles.app} data-narrow={narrow} data-focus={focus}>
      {shown.sidebar && !narrow && (
        <aside className={styles.sidebar} aria-label={words.sidebar.pane} style={{ width: sidebar.width }}>
          <Sidebar />
          <Separator
            label={words.sidebar.width} value={sidebar.width} min={200} max={320}
            onMove={sidebar.move} onDone={sidebar.keep} onFold={() => runCommand('sidebar.toggle')}
          />
        </aside>
      )}
      {shown.sidebar && narrow && (
        <main id="main" className={styles.main} tabIndex={-1}>
          <h1 className="visually-hidden">{words.sidebar.pane}</h1>
          <Sidebar />
        </main>
      )}
      {!shown.sidebar && !narrow && !focus && (
        <aside className={styles.rail} aria-label={words.sidebar.pane}>
          <IconButton icon={PanelLeftOpen} label={words.sidebar.unfold} hint="[" onClick={() => runCommand('sidebar.toggle')} />
        </aside>
      )}
      {listed !== null && !narrow && (
        // Folded away it stays: the keys that step through it go on working.
        <section className={styles.list} hidden={!shown.list} aria-label={placeTitle(words, where)} style={{ width: list.width }}>
          <ListPane where={listed} />
          <Separator
            label={words.list.width} value={list.width} min={280} max={520}
            onMove={list.move} onDone={list.keep} onFold={() => runCommand('list.toggle')}
          />
        </section>
      )}
      {shown.main && (
        <main id="main" className={styles.main} tabIndex={-1}>
          {/* The article's own first heading is in the reader's frame, which is a document by itself. */}
          {article !== null && !(listed !== null && shown.list && !narrow) && <h1 className="visually-hidden">{placeTitle(words, where)}</h1>}
          {article !== null ? <Reader id={article} />
            : where.list === 'home' ? <Home />
            : where.list === 'queue' ? <QueueView />
            : where.list === 'duplicates' ? <DuplicatesView />
            : where.list === 'statistics' ? <StatisticsView />
            : where.list === 'highlights' ? <HighlightsView />
            : narrow && listed !== null ? <ListPane where={listed} />
            : <NothingOpen />}
        </main>
      )}
    </div>
  );
}

/** A pane's width: the hand's while it drags, then the one kept in the settings. */
function usePaneWidth(key: 'sidebarWidth' | 'listWidth', kept: number) {
  const [moving, setMoving] = useState<number | null>(null);
  return {
    width: moving ?? kept,
    move: setMoving,
    keep: (value: number) => {
      void keepWidth(key, value).finally(() => setMoving(null));
    },
  };
}

async function keepWidth(key: 'sidebarWidth' | 'listWidth', value: number): Promise<void> {
  const reply = await ask('changeSettings', { [key]: value });
  if (!reply.ok) sayFailure(reply.failure);
}

/** What lies over the panes: a panel, the tag editor, the invitation to drop. */
function Over() {
  const words = useWords();
  const { exporting, panel, tagging, retagging, noting, comparing, again, againMany, dropping } = useView();
  const looked = useLookUp();
  return (
    <>
      {panel === 'add' && <AddPanel />}
      {panel === 'search' && <SearchPanel />}
      {panel === 'preferences' && <Preferences />}
      {panel === 'shortcuts' && <ShortcutsPanel />}
      {(panel === 'tags' || panel === 'tagRules') && <TagsPanel show={panel} />}
      {retagging !== null && <RenameTag retagging={retagging} />}
      {again !== null && <AgainPanel again={again} />}
      {againMany && <AgainManyPanel />}
      {comparing !== null && <ComparePanel comparing={comparing} />}
      {noting !== null && <NotePanel noting={noting} />}
      {exporting !== null && <ExportPanel exporting={exporting} />}
      {tagging !== null && <TagEditor tagging={tagging} />}
      {looked.text !== null && <LookUpPanel key={looked.text} text={looked.text} lang={looked.lang} />}
      {dropping && <div className={styles.drop} aria-hidden><p>{words.add.dropHere}</p></div>}
    </>
  );
}
