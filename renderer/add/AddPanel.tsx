import { useEffect } from 'react';
import { Panel } from '../parts/Panel.tsx';
import { closePanel, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { AddForm } from './AddForm.tsx';
import { takeIn, useDraft } from './draft.ts';
import { Progress } from './Progress.tsx';

/** Adding: first the form, then how the added articles get on. What arrives while it is open joins the form. */
export function AddPanel() {
  const words = useWords();
  const arrived = useView((view) => view.draft);
  const saved = useDraft((draft) => draft.saved);
  useEffect(() => {
    // An effect run twice must not take the same thing in twice.
    if (arrived === null || useView.getState().draft !== arrived) return;
    useView.setState({ draft: null });
    takeIn(arrived);
  }, [arrived]);
  // Opened again, the panel begins with the form: the queue has the rest.
  useEffect(() => () => useDraft.setState({ saved: null }), []);
  return (
    <Panel title={words.add.title} onClose={closePanel}>
      {saved === null ? <AddForm /> : <Progress saved={saved} onMore={() => useDraft.setState({ saved: null })} />}
    </Panel>
  );
}
