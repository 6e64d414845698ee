import { latePart } from './late-part.tsx';

/* Panels and places that are seldom the first thing seen: more code than all the rest. What is typed into at once after its key, the search and the address, is not among them. */

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
