/** Sites that a selected text may be taken to, when the reader asks; `none` offers nothing. */
export const translateSites = ['none', 'deepl', 'google', 'bing', 'baidu'] as const;
export type TranslateSite = (typeof translateSites)[number];

/** No address longer than every site takes, in characters of text. */
const longest = 1_500;

/** The address that shows a text translated into a language (`en` or `zh-CN`), the one it is in found by the site; null for no site. */
export function translateAddress(site: TranslateSite, text: string, language: string): string | null {
  const chinese = language.startsWith('zh');
  const sent = encodeURIComponent(text.slice(0, longest).replace(/[\ud800-\udbff]$/, ''));
  switch (site) {
    case 'none':
      return null;
    case 'deepl':
      // A slash in what comes after the sharp means something to this site.
      return `https://www.deepl.com/translator#auto/${chinese ? 'zh' : 'en'}/${sent.replaceAll('%2F', '%5C%2F')}`;
    case 'google':
      return `https://translate.google.com/?sl=auto&tl=${chinese ? 'zh-CN' : 'en'}&op=translate&text=${sent}`;
    case 'bing':
      return `https://www.bing.com/translator?from=auto&to=${chinese ? 'zh-Hans' : 'en'}&text=${sent}`;
    case 'baidu':
      return `https://fanyi.baidu.com/#auto/${chinese ? 'zh' : 'en'}/${sent}`;
    default:
      return site satisfies never;
  }
}
