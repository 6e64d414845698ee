import { useState } from 'react';
import { api } from '../api.ts';
import styles from './SiteIcon.module.css';

/** Where a stored picture is shown from. */
export const fileUrl = (file: string): string => api.picture(`/files/${file.slice(0, 2)}/${file}`);

/** A site's own icon, beside its name: an ornament that says nothing a name does not. Nothing where there is none. */
export function SiteIcon({ file, large = false }: { file: string | null; large?: boolean }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (file === null || broken === file) return null;
  const size = large ? 20 : 16;
  return (
    <img
      className={styles.icon} src={fileUrl(file)} alt="" width={size} height={size} loading="lazy" decoding="async" draggable={false}
      onError={() => setBroken(file)}
    />
  );
}
