import type { CSSProperties } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { useWords } from '../words.ts';
import '../style/typefaces.css';
import styles from './Preview.module.css';

/** A paragraph in Latin letters and one in Chinese, set as the reader will set an article. */
export function Preview({ settings }: { settings: Settings }) {
  const words = useWords().preferences;
  const look = (width: number, leading: number) =>
    ({
      '--text-size': `${settings.textSize}px`,
      '--measure-text': `${settings.columnWidth ?? width}em`,
      '--leading': String(settings.lineHeight ?? leading),
    }) as CSSProperties;
  return (
    <figure
      className={styles['preview']}
      aria-label={words.preview}
      data-justify={settings.justify ? '' : undefined}
      style={{ '--gap-lines': settings.paragraphGap ?? (settings.indent ? 0.35 : 0.7) } as CSSProperties}
      data-indent={settings.indent ? '' : undefined}
      data-dense={settings.spaceHan ? undefined : ''}
      data-untrimmed={settings.trimMarks ? undefined : ''}
      data-vertical={settings.vertical ? '' : undefined}
    >
      <p lang="en" data-script="latin" data-typeface={settings.typeface} style={look(34, 1.6)}>
        {words.sampleLatin}
      </p>
      <p lang="zh-CN" data-script="cjk" data-typeface={settings.typeface} style={look(38, 1.8)}>
        {words.sampleChinese}
      </p>
    </figure>
  );
}
