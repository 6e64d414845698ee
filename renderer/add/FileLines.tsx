import { CircleAlert, FileText, X } from 'lucide-react';
import { explain, joinSentences } from '../../shared/words/explain.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import styles from './Add.module.css';
import { removeFile, type DraftFile } from './draft.ts';
import { isTaken, largestFile } from './files.ts';
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
      {files.map(({ key, file, reading }) => {
        const failure = failed.find((each) => each.file === key)?.failure;
        const told = failure === undefined ? null : explain(words, failure);
        const well = isTaken(reading) && told === null;
        const Icon = well ? FileText : CircleAlert;
        return (
          <li key={key} className={styles['file']} data-tone={well ? undefined : 'trouble'}>
            <Icon size={16} strokeWidth={1.5} aria-hidden />
            <div>
              <span className={styles['filename']}>{file.name}</span>
              <span className={styles['reading']}>
                {says[reading]} · {words.sizes.of(file.size)}
              </span>
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
