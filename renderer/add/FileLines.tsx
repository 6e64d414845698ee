import { CircleAlert, FileText, X } from 'lucide-react';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import styles from './Add.module.css';
import { removeFile, type DraftFile } from './draft.ts';
import { isTaken, largestFile } from './files.ts';

/** The files of the draft, each with its size and what it will be read as. */
export function FileLines({ files }: { files: readonly DraftFile[] }) {
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
        const Icon = isTaken(reading) ? FileText : CircleAlert;
        return (
          <li key={key} className={styles['file']} data-tone={isTaken(reading) ? undefined : 'trouble'}>
            <Icon size={16} strokeWidth={1.5} aria-hidden />
            <div>
              <span className={styles['filename']}>{file.name}</span>
              <span className={styles['reading']}>
                {says[reading]} · {words.sizes.of(file.size)}
              </span>
            </div>
            <IconButton small icon={X} label={words.add.removeFile(file.name)} onClick={() => removeFile(key)} />
          </li>
        );
      })}
    </ul>
  );
}
