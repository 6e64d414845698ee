import { latePart } from './late-part.tsx';

/* All that is not the sidebar and a list. First what is likely to be wanted next, or typed into at once after its key. */

export const Reader = latePart(async () => (await import('./reader/Reader.tsx')).Reader);
export const SearchPanel = latePart(async () => (await import('./search/SearchPanel.tsx')).SearchPanel);
export const AddPanel = latePart(async () => (await import('./add/AddPanel.tsx')).AddPanel);
export const TagEditor = latePart(async () => (await import('./parts/TagEditor.tsx')).TagEditor);
export const Home = latePart(async () => (await import('./home/Home.tsx')).Home);
export const OpeningScreen = latePart(async () => (await import('./opening/OpeningScreen.tsx')).OpeningScreen);
export const GoneBar = latePart(async () => (await import('./opening/OpeningScreen.tsx')).GoneBar);
export const Player = latePart(async () => (await import('./speech/Player.tsx')).Player, true);
export const AgainManyPanel = latePart(async () => (await import('./again/AgainManyPanel.tsx')).AgainManyPanel);
export const AgainPanel = latePart(async () => (await import('./reader/AgainPanel.tsx')).AgainPanel);
export const ComparePanel = latePart(async () => (await import('./duplicates/ComparePanel.tsx')).ComparePanel);
export const DuplicatesView = latePart(async () => (await import('./duplicates/DuplicatesView.tsx')).DuplicatesView);
export const ExportPanel = latePart(async () => (await import('./export/ExportPanel.tsx')).ExportPanel);
export const HighlightsView = latePart(async () => (await import('./highlights/HighlightsView.tsx')).HighlightsView);
export const LookUpPanel = latePart(async () => (await import('./dictionary/LookUpPanel.tsx')).LookUpPanel);
export const NotePanel = latePart(async () => (await import('./bookmarks/NotePanel.tsx')).NotePanel);
export const Preferences = latePart(async () => (await import('./preferences/Preferences.tsx')).Preferences);
export const QueueView = latePart(async () => (await import('./queue/QueueView.tsx')).QueueView);
export const RenameTag = latePart(async () => (await import('./tags/RenameTag.tsx')).RenameTag);
export const ShortcutsPanel = latePart(async () => (await import('./preferences/ShortcutsPanel.tsx')).ShortcutsPanel);
export const StatisticsView = latePart(async () => (await import('./statistics/StatisticsView.tsx')).StatisticsView);
export const TagsPanel = latePart(async () => (await import('./tags/TagsPanel.tsx')).TagsPanel);
