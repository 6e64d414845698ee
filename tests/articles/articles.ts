/*
 * Articles of every kind that is set differently, as pages to be saved with `saveText`. All of it was written for here.
 * Whoever wants to see what a change does to a page opens them; `essay` and `sized` are as long as is asked for.
 */

export type Piece = { lang: string; title: string; html: string };

const page = (lang: string, title: string, body: string, dir = 'ltr'): Piece => ({
  lang, title, html: `<!doctype html><html lang="${lang}" dir="${dir}"><meta charset="utf-8"><title>${title}</title><body><article><h1>${title}</h1>${body}</article></body></html>`,
});

/** A picture drawn for here, as an address that needs no network: sky, water, a boat. */
export const drawing = (width: number, height: number, hue = 205): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="60%" fill="hsl(${hue} 45% 78%)"/><rect y="60%" width="100%" height="40%" fill="hsl(${hue} 40% 42%)"/><path d="M${width * 0.4} ${height * 0.6}h${width * 0.2}l-${width * 0.04} ${height * 0.07}h-${width * 0.12}z" fill="hsl(20 40% 30%)"/></svg>`)}`;

const sentences = [
  'The ferry left at seven, and by half past the far shore had become a rumour.',
  'Nobody on board had slept well; the wind had gone round to the north during the night and found every loose shutter in the harbour.',
  'There is a way of standing on a moving deck that looks like idleness and is in fact attention.',
  'She kept her accounts in a narrow book with a marbled cover, one line for a day, and never wrote more than the line would hold.',
  'What the maps call a road is, for most of its length, an agreement between neighbours.',
  'He answered (as he answered everything) by putting the kettle on.',
  'In 1923 the office counted 4,817 letters, of which 12 were returned and one, addressed only “To the lighthouse”, arrived.',
  'The instruments were old — older than the building, older than the rule that said who might touch them — and they were exact.',
  '“You can’t hurry it,” she said; “you can only stop getting in its way.”',
  'Afterwards the committee wrote a report of ninety pages, incontrovertibly thorough, which established that the tide had come in.',
];
const paragraph = (at: number): string => Array.from({ length: 3 + (at % 4) }, (_, n) => sentences[(at * 7 + n * 3) % sentences.length]).join(' ');

export const latin = page('en', 'The Keeper of Small Distances', `
<p><em>A harbour, a ledger, and forty years of weather.</em></p><p>${paragraph(1)}</p><p>${paragraph(2)} See <a href="https://example.org/tides">the tide tables</a> for the year, and <a href="https://example.org/log">her log</a>.</p>
<h2>What the ledger says</h2><p>${paragraph(3)}</p><blockquote><p>Write it down before you understand it. Understanding is welcome to come later, when there is something for it to stand on.</p><p>— from the first page of the ledger</p></blockquote><p>${paragraph(4)}</p>
<h3>Three kinds of entry</h3><ol><li>What was seen, with the hour.</li><li>What was heard, and from whom:<ul><li>the pilot, who exaggerates;</li><li>the baker, who does not.</li></ul></li><li>What was expected and did not happen, which she thought the most useful of the three, since nobody else was keeping a record of it.</li></ol>
<p>${paragraph(5)}</p><hr><p>${paragraph(6)}</p><dl><dt>Slack water</dt><dd>The quarter of an hour in which nothing is decided.</dd><dt>Lee shore</dt><dd>Where the wind would put you if you let it.</dd></dl><h4>A note on the spelling</h4><p>${paragraph(7)} H<sub>2</sub>O, 10<sup>6</sup>, <abbr title="Greenwich Mean Time">GMT</abbr>, <kbd>Ctrl</kbd>+<kbd>K</kbd>, <code>let tide = 3.2;</code>, <mark>underlined in red</mark>, <del>crossed out</del>.</p><p>${paragraph(8)}</p>`);

const han = '清晨的码头还没有醒，只有卖豆浆的推车吱呀作响。老陈把账本摊在膝上，用铅笔记下第一班船的时刻：六点十二分。他写字很慢，每一笔都像在和纸商量。“急什么，”他说，“潮水又不会因为你快一点就早来。”';
export const simplified = page('zh-CN', '码头边的账本：一位守灯人的四十年', `
<p>${han}后来 iPhone 普及了，镇上的人用 App 查潮汐，准确率高达 98%，他却仍旧每天记。2019 年夏天，一位来自上海的研究者在《海洋学报》上读到他的数据，专程坐了 7 小时的高铁来看他。</p>
<h2>一、记录的人</h2><p>${han}</p><blockquote><p>先写下来，再去明白。明白这件事，可以晚一点来；只要有东西给它落脚。</p></blockquote><p>研究者问他：“您记这些，是为了什么？”他想了想，回答说：<em>“为了不必记得。”</em>（这句话后来成了那篇论文的题记……）</p>
<h3>（一）三种条目</h3><ul><li>看见的，连同时辰；</li><li>听说的，以及听谁说的；</li><li>本该发生却没有发生的——他认为这一类最有用，因为没有别人在记。</li></ul><p>${han}</p><p>据《人民日报》报道，该系统使用 Python 3.12 与 SQLite 存储 4,817 条记录，占用空间不到 2MB。</p><p>${han}</p>`);
export const traditional = page('zh-Hant-TW', '碼頭邊的帳本', `<p>清晨的碼頭還沒有醒，只有賣豆漿的推車吱呀作響。老陳把帳本攤在膝上，用鉛筆記下第一班船的時刻：六點十二分。「急什麼，」他說，「潮水又不會因為你快一點就早來。」</p><h2>記錄的人</h2><p>他寫字很慢，每一筆都像在和紙商量。骨、直、角、過、門、戶、令、食——這些字的寫法，臺灣與大陸並不相同。『先寫下來，再去明白。』這是帳本第一頁上的話。</p><p>後來 iPhone 普及了，鎮上的人用 App 查潮汐，準確率高達 98%，他卻仍舊每天記。</p>`);
export const japanese = page('ja', '灯台守の帳面', `<p>夜明け前の港はまだ眠っていて、豆腐売りの車の音だけが聞こえていた。老人は膝の上に帳面を広げ、一番船の時刻を鉛筆で書きとめる。六時十二分。「急ぐことはない」と彼は言う。「潮は、こちらが早起きしたからといって早く来やしないんだから」。</p><h2>書きとめるということ</h2><p><ruby>灯台<rt>とうだい</rt></ruby>の<ruby>番人<rt>ばんにん</rt></ruby>は、毎日一行だけ書いた。骨・直・角・過・令・食。二〇一九年の夏、ある研究者が Python で書かれたツールを持って訪ねてきた。<em>わかるのは、あとでいい。</em>まず書くこと――それだけが帳面の最初のページに書かれていた。</p><p>コーヒーを一杯飲むあいだに、ちょっとした風が吹いて、ページがめくれた。「ッ」「ャ」「ー」が行の頭に来ないこと、それもまた読みやすさのうちである。</p>`);
export const korean = page('ko', '등대지기의 장부', `<p>새벽의 부두는 아직 잠들어 있었고, 두부 장수의 수레 소리만 들려왔다. 노인은 무릎 위에 장부를 펴 놓고 첫 배의 시각을 연필로 적었다. 여섯 시 십이 분. “서두를 것 없어.” 그가 말했다. “우리가 일찍 일어난다고 밀물이 일찍 오지는 않으니까.”</p><h2>적어 둔다는 것</h2><p>그는 날마다 한 줄만 썼다. 2019년 여름, 한 연구자가 Python으로 만든 도구를 들고 찾아왔다. 이해는 나중에 해도 된다. 먼저 적을 것. 그것이 장부의 첫 쪽에 적힌 말이었다.</p>`);
export const arabic = page('ar', 'دفتر حارس المنارة', `<p>كان الميناء نائماً بعدُ، ولم يُسمع سوى صرير عربة بائع الفول. بسط الشيخ الدفتر على ركبتيه وكتب بقلم الرصاص موعد أول سفينة: السادسة واثنتا عشرة دقيقة. «لا تتعجّل»، قال، «فالمدّ لا يأتي قبل أوانه».</p><h2>في معنى التدوين</h2><p>في صيف عام 2019 جاءه باحث يحمل برنامجاً مكتوباً بلغة Python، وسأله عن 4,817 سطراً. ابتسم الشيخ وقال: اكتبْ أوّلاً، ثم افهمْ.</p><ul><li>ما رآه، مع الساعة؛</li><li>وما سمعه، وممّن؛</li><li>وما كان متوقَّعاً ولم يحدث.</li></ul><blockquote><p>الفهم يأتي متأخراً، ما دام له مكان يقف فيه.</p></blockquote>`.repeat(3), 'rtl');
export const hebrew = page('he', 'פנקסו של שומר המגדלור', `<p>הנמל עוד ישן, ורק עגלתו של מוכר הפול חרקה. הזקן פרש את הפנקס על ברכיו ורשם בעיפרון את שעת הסירה הראשונה: שש ושתים־עשרה דקות. „אין מה למהר“, אמר, „הגאות לא תקדים בגללך“.</p><h2>לרשום ואחר כך להבין</h2><p>בקיץ 2019 בא אליו חוקר עם תוכנה שנכתבה ב־Python ושאל על 4,817 השורות.</p>`.repeat(3), 'rtl');
export const code = page('en', 'A Ring Buffer in Forty Lines', `<p>${paragraph(2)} The whole of it is <code>push(item)</code> and <code>take()</code>.</p><pre><code class="language-ts">export class Ring&lt;T&gt; {
  // The oldest is overwritten when it is full.
  private readonly slots: (T | undefined)[];
  constructor(readonly size: number) { this.slots = new Array(size); }
  push(item: T): void { this.slots[this.head++ % this.size] = item; /* a long line that goes on well beyond the column's edge, so that it has to scroll */ }
}</code></pre><p>${paragraph(3)}</p><h2>Measuring it</h2><pre><code>$ node bench.js --rounds 1000000
push   12.4 ns
take   11.9 ns</code></pre><p>${paragraph(4)}</p>${`<pre><code>${Array.from({ length: 60 }, (_, n) => `line ${n + 1}: const value${n} = read(${n * 8});`).join('\n')}</code></pre>`}<p>${paragraph(5)}</p>`);
const row = (n: number): string => `<tr><td>Station ${n}</td>${[3.2, 1.1, 4.8, 2.6].map((value) => `<td align="right">${(value + n / 10).toFixed(2)}</td>`).join('')}</tr>`;
const wide = Array.from({ length: 14 }, (_, n) => n + 1);
export const tables = page('en', 'Four Harbours, One Year', `<p>${paragraph(1)}</p><table><caption>High water above datum, in metres</caption><thead><tr><th>Station</th><th>Spring</th><th>Neap</th><th>Highest</th><th>Mean</th></tr></thead><tbody>${[1, 2, 3, 4, 5, 6].map(row).join('')}</tbody></table><p>${paragraph(2)}</p><h2>Month by month</h2><table><tr><th>Year</th>${wide.map((n) => `<th>Month ${n}</th>`).join('')}</tr>${[2019, 2020, 2021].map((year) => `<tr><td>${year}</td>${wide.map((n) => `<td align="right">${(n * 1.37).toFixed(2)}</td>`).join('')}</tr>`).join('')}</table><p>${paragraph(3)}</p><table><tbody>${Array.from({ length: 60 }, (_, n) => row(n)).join('')}</tbody></table><p>${paragraph(4)}</p>`);
export const footnotes = page('en', 'On Not Hurrying', `${Array.from({ length: 9 }, (_, n) => `<p>${paragraph(n)}<sup id="r${n}"><a href="#n${n}">${n + 1}</a></sup></p>`).join('')}<h2>Notes</h2><ol>${Array.from({ length: 9 }, (_, n) => `<li id="n${n}">${sentences[n]} <a href="#r${n}">↩</a></li>`).join('')}</ol>`);
export const pictures = page('en', 'Six Boats', [[1600, 900], [600, 1400], [800, 800], [240, 160], [2400, 700], [900, 1200]].map(([width, height], n) => `<p>${paragraph(n)}</p><figure><img src="${drawing(width ?? 0, height ?? 0, 40 + n * 50)}" width="${width}" height="${height}" alt="Boat ${n + 1}"><figcaption>Boat ${n + 1}, before the weather turned. The tide is at slack water, which lasts about a quarter of an hour.</figcaption></figure>`).join(''));
export const poetry = page('en', 'Four Short Weathers', ['The boats come in by ones,<br>by ones, and every one<br>is later than the last;<br>the light is nearly done.', 'I put the kettle on.<br>I write the hour down.<br>&nbsp;&nbsp;There is a kind of rain<br>that does not reach the town.'].map((verse) => `<p>${verse}</p>`).join('').repeat(4));
export const formulas = page('en', 'Why the Tide Is Late', `<p>${paragraph(2)} The height is <math><mi>h</mi><mo>=</mo><msub><mi>h</mi><mn>0</mn></msub><mo>+</mo><mi>A</mi><mi>cos</mi><mo>(</mo><mi>ω</mi><mi>t</mi><mo>−</mo><mi>φ</mi><mo>)</mo></math>, and its sum over all parts:</p><math display="block"><mi>H</mi><mo>(</mo><mi>t</mi><mo>)</mo><mo>=</mo><munderover><mo>∑</mo><mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow><mi>∞</mi></munderover><mfrac><mrow><msub><mi>A</mi><mi>n</mi></msub><msqrt><mrow><mn>1</mn><mo>+</mo><msubsup><mi>k</mi><mi>n</mi><mn>2</mn></msubsup></mrow></msqrt></mrow><mrow><mn>2</mn><mi>π</mi><mi>n</mi></mrow></mfrac><mo>+</mo><msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><mi>f</mi><mo>(</mo><mi>s</mi><mo>)</mo><mi>d</mi><mi>s</mi></math><p>${paragraph(3)}</p>`);

/** About so many words under a heading every eight paragraphs. */
export function essay(words = 30_000): Piece {
  let [body, count] = ['', 0];
  for (let at = 0; count < words; at += 1) {
    if (at % 8 === 0) body += `<h2>Chapter ${at / 8 + 1}</h2>`;
    const text = `${at + 1}. ${paragraph(at)}`;
    count += text.split(' ').length;
    body += `<p>${text}</p>`;
  }
  return page('en', 'A Long Account of a Short Crossing', body);
}

/** A page of about so many bytes, mixed as articles are: text, code, tables, lists, links. */
export function sized(bytes: number): Piece {
  let [body, at] = ['', 0];
  while (body.length < bytes) {
    body += at % 10 === 0 ? `<h2>Part ${at / 10 + 1}</h2>` : '';
    body += at % 23 === 7 ? `<pre><code>const part = ${at};\nreturn part + 1;</code></pre>` : at % 31 === 9 ? `<ul><li>${sentences[at % 10]}</li><li>${sentences[(at + 1) % 10]}</li></ul>` : `<p>${at}. ${paragraph(at)} <a href="https://example.org/${at}">More</a>.</p>`;
    at += 1;
  }
  return page('en', `A Page of ${bytes} Bytes`, body);
}

export const pieces = { latin, simplified, traditional, japanese, korean, arabic, hebrew, code, tables, footnotes, pictures, poetry, formulas };
