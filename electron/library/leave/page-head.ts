/** The head of a page that is whole in itself: opens in any browser, runs nothing and asks no network for anything; pictures come from `pictures` alone. */
export function headOf(title: string, style: string, pictures: string): string {
  return `<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src ${pictures}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Lectern">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>`;
}

/** Text as it may stand in HTML, between tags and in quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}
