/*
 * How an extracted article is measured against its truth. Body text: F1 of the mean precision and mean recall over runs of four
 * tokens, the metric of article-extraction-benchmark (github.com/scrapinghub/article-extraction-benchmark), with one token for
 * each Chinese or Japanese character. Snippets: shares of wanted and unwanted sentences found, as trafilatura measures itself.
 */

const token = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}_])+/gu;
const squash = (text) => text.replace(/\s+/g, ' ').trim();
const mean = (list) => (list.length === 0 ? Number.NaN : list.reduce((sum, one) => sum + one, 0) / list.length);
const harmonic = (a, b) => (a + b > 0 ? (2 * a * b) / (a + b) : 0);

/** Runs of four tokens (the whole where it is shorter), each with how often it occurs. */
function runs(text) {
  const tokens = text.match(token) ?? [];
  const out = new Map();
  for (let at = 0; at < Math.max(1, tokens.length - 3) && tokens.length > 0; at++) {
    const run = tokens.slice(at, at + 4).join(' ');
    out.set(run, (out.get(run) ?? 0) + 1);
  }
  return out;
}

/** Precision and recall of one page's text, each 0 to 1; null where it has no meaning (nothing found, nothing to find). */
export function compareTexts(truth, text) {
  const wanted = runs(truth);
  const found = runs(text);
  let both = 0;
  for (const [run, count] of wanted) both += Math.min(count, found.get(run) ?? 0);
  const sum = (map) => [...map.values()].reduce((all, one) => all + one, 0);
  const [inTruth, inText] = [sum(wanted), sum(found)];
  return { precision: inText > 0 ? both / inText : null, recall: inTruth > 0 ? both / inTruth : null };
}

/** One page's F1, for counting pages that went wrong. */
export const pageScore = ({ precision, recall }) => (precision === null && recall === null ? 1 : harmonic(precision ?? 0, recall ?? 0));

/** What many pages come to. */
export function summarise(pages) {
  const precision = mean(pages.flatMap((page) => page.precision ?? []));
  const recall = mean(pages.flatMap((page) => page.recall ?? []));
  return { f1: harmonic(precision, recall), precision, recall, wrong: pages.filter((page) => pageScore(page) < 0.5).length };
}

/** Wanted and unwanted snippets over all pages. */
export function summariseSnippets(pages) {
  const all = { hit: 0, wrong: 0, missed: 0 };
  for (const { text, wanted, unwanted } of pages) {
    const whole = squash(text);
    for (const one of wanted) all[whole.includes(squash(one)) ? 'hit' : 'missed']++;
    for (const one of unwanted) if (whole.includes(squash(one))) all.wrong++;
  }
  const precision = all.hit / (all.hit + all.wrong);
  const recall = all.hit / (all.hit + all.missed);
  return { f1: harmonic(precision, recall), precision, recall, wrong: 0 };
}

const plain = (text) => (text ?? '').normalize('NFKC').toLowerCase().replace(/[\p{P}\p{S}\s]+/gu, ' ').trim();
const names = (text) => (text ?? '').replace(/^\s*(?:by|von|par|por|written by|作者|记者|来源|编辑)\s*[:：]?\s*/i, '').split(/\s*(?:[,;|/、，&]|\band\b|\bund\b|\bet\b)\s*/i).map(plain).filter((one) => one !== '').toSorted();

/** Whether a fact was found exactly: letters and digits of a title, the set of a byline's names, the day of a date. */
export const sameFact = {
  title: (truth, found) => plain(truth) === plain(found),
  byline: (truth, found) => plain(truth) === plain(found) || names(truth).join('|') === names(found).join('|'),
  publishedAt: (truth, found) => truth.slice(0, 10) === (found ?? '').slice(0, 10),
  source: (truth, found) => plain(truth) === plain(found),
};
