import { CircleAlert, FileText, Import, X } from 'lucide-react';
import { explain, joinSentences } from '../../shared/words/explain.ts';
import { IconButton } from '../parts/IconButton.tsx';
import type { Words } from '../../shared/words/words.ts';
import { useWords } from '../words.ts';
import styles from './Add.module.css';
import type { Bringing } from './bring.ts';
import { isWanted, removeFile, setBringing, type DraftFile } from './draft.ts';
import { largestFile } from './files.ts';
import { ImportFacts } from './ImportFacts.tsx';
import type { Outcome } from './save-draft.ts';

/** The files of the draft, each with its size and what it will be read as. */
export function FileLines({ files, failed }: { files: readonly DraftFile[]; failed: Outcome['failed'] }) {
  const words = useWords();
  if (files.length === 0) return null;
  const readings = words.add.fileReading;
  const says = {
    page: readings.page,
    text: readings.text,
    markdown: readings.markdown,
    unknown: readings.unknown,
    empty: readings.empty,
    'too-large': readings.tooLarge(largestFile),
  };
  return (
    <ul className={styles['files']} aria-label={words.add.files(files.length)}>
      {files.map((each) => {
        const { key, file, reading, bringing } = each;
        const failure = failed.find((one) => one.file === key)?.failure ?? (bringing?.state === 'failed' ? bringing.failure : undefined);
        const told = failure === undefined ? null : explain(words, failure);
        const well = (isWanted(each) || bringing?.state === 'handing') && told === null;
        const Icon = !well ? CircleAlert : bringing?.state === 'found' ? Import : FileText;
        return (
          <li key={key} className={styles['file']} data-tone={well ? undefined : 'trouble'}>
            <Icon size={16} strokeWidth={1.5} aria-hidden />
            <div>
              <span className={styles['filename']}>{file.name}</span>
              <span className={styles['reading']}>
                {bringing === null ? says[reading] : tellBringing(words, bringing, file)} · {words.sizes.of(file.size)}
              </span>
              {bringing?.state === 'found' ? <ImportFacts bringing={bringing} onChange={(to) => setBringing(key, { ...bringing, ...to })} /> : null}
              {told === null ? null : (
                <span className={styles['refusal']} role="alert">
                  {joinSentences(words.add.unsaved(file.name), joinSentences(told.what, told.todo))}
                </span>
              )}
            </div>
            <IconButton small icon={X} label={words.add.removeFile(file.name)} onClick={() => removeFile(key)} />
          </li>
        );
      })}
    </ul>
  );
}

function tellBringing({ bring, add }: Words, bringing: Bringing, file: File): string {
  switch (bringing.state) {
    case 'handing':
      return bringing.done === 0 ? bring.looking : bring.handing(bringing.done, file.size);
    case 'found':
      return `${bring.formats[bringing.facts.format]} · ${bring.links(bringing.facts.links)}`;
    case 'failed':
      return add.fileReading.unreadable;
    default:
      return bringing satisfies never;
  }
}
