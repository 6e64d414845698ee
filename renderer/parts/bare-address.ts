/** What stands for the title of an article whose page was not read yet: its address without what every address has. Null where there is a title. */
export function bareAddress({ title, url }: { title: string; url: string | null }): string | null {
  if (url === null || (title !== '' && title !== url)) return null;
  return url.replace(/^https?:\/\/(?:www\.)?/iu, '').replace(/\/$/u, '');
}
