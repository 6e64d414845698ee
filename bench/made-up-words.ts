/*
 * Made-up text in English, Chinese and Japanese, as uneven as real text is: few words are most of it, and most words are
 * rare. The same seed always comes to the same text.
 */

/** Numbers from 0 to below 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws from a list by Zipf's law: the n-th of it about 1/n as often as the first. */
export function zipf<T>(list: readonly T[], exponent = 1): (random: () => number) => T {
  const sums = new Float64Array(list.length);
  let total = 0;
  for (let rank = 0; rank < list.length; rank++) sums[rank] = total += 1 / (rank + 2.7) ** exponent;
  return (random) => {
    const wanted = random() * total;
    let from = 0;
    let to = list.length - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sums[middle] ?? 0) < wanted) from = middle + 1;
      else to = middle;
    }
    return list[from] as T;
  };
}

const small = 'the of and to in a is that for it was on with as be at by this had not are but from or have an they which one you were all her she there would their we him been has when who will no more if out so said what up its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years much where your way down should because long each just state those people too mr how little good world make very year still see work between day being here own never last while might great old'.split(' ');
const plain = 'river paper reader shelf quiet window garden lamp letter stone morning harbour winter bread music school engine market valley bridge railway council teacher island village season mountain orchard library journal station theatre kitchen doctor captain farmer weather harvest meadow forest castle tower canal coast cliff reef storm cloud thunder copper silver iron timber cotton linen wool glass clay marble candle mirror pocket basket ladder wheel anchor signal ticket parcel ledger budget treaty border province capital century museum gallery painter poet singer actor novel chapter letterpress camera telescope planet comet orbit gravity energy atom molecule protein neuron theorem lemma vector matrix compiler kernel packet server protocol cipher sensor battery turbine reactor satellite antenna robot algorithm'.split(' ');
const heads = 'ba be bo bra bri ca cla co cre da de dri e fa fe flo ga gre gri ha he ho i jo ka ke ko la le li lo ma me mi mo na ne no o pa pe pla po pri qua ra re ri ro sa se sha shi so sta stre ta te tha tri tu u va ve vi wa we wi ya yo za'.split(' ');
const tails = 'bent ber bing cal cent dal dent der ding ful gan ger ket lan ler ley ling man mer mond nal nell ner ning ple ral ran ren ris ron sal sen ser sion ster tal tan ter tic tion ton tor val ven ver vin wick win wood worth'.split(' ');

const han = [...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严'];
const kana = 'の に は を が で と も から まで より など へ や か し て いる ある する なる れる られる こと もの ため よう それ これ'.split(' ');
const kanjiWords = '新聞 図書館 鉄道 港 市場 朝 春 夏 秋 冬 手紙 先生 学校 音楽 映画 写真 研究 開発 技術 経済 社会 政治 文化 歴史 自然 環境 地域 住民 会議 計画 問題 結果 方法 言葉 時間 場所 道路 料理 家族 子供 旅行 世界 日本 東京 大阪 京都 北海道 コンピューター データ ネットワーク プログラム ニュース システム エネルギー ロボット インターネット'.split(' ');

function words(count: number, fixed: readonly string[], make: (random: () => number) => string, seed: number): string[] {
  const random = randomOf(seed);
  const found = new Set(fixed);
  while (found.size < count) found.add(make(random));
  return [...found];
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;
// Common characters stand in more words than rare ones, as they do.
const character = zipf(han, 0.8);

const english = zipf(words(40_000, [...small, ...plain], (random) => pick(heads, random) + (random() < 0.4 ? pick(heads, random) : '') + pick(tails, random), 11));
const chinese = zipf(words(40_000, han.slice(0, 60), (random) => character(random) + character(random) + (random() < 0.12 ? character(random) : ''), 12), 0.9);
const japanese = zipf([...kana, ...words(6_000, kanjiWords, (random) => character(random) + character(random) + (random() < 0.2 ? pick(kana, random) : ''), 13)]);

export type Language = 'en' | 'zh' | 'ja';

/** A word of the language; English ones in lower case. */
export function wordOf(language: Language, random: () => number): string {
  return language === 'en' ? english(random) : language === 'zh' ? chinese(random) : japanese(random);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A sentence with its full stop; Chinese and Japanese ones now and then name something in Latin letters, or a number. */
export function sentenceOf(language: Language, random: () => number): string {
  const count = 4 + Math.floor(random() * random() * 40);
  let text = '';
  for (let n = 0; n < count; n++) {
    const comma = n > 2 && n < count - 1 && random() < 0.12;
    if (language === 'en') text += `${n === 0 ? capital(english(random)) : english(random)}${comma ? ', ' : n === count - 1 ? '' : ' '}`;
    else if (random() < 0.02) text += ` ${random() < 0.5 ? capital(english(random)) : String(Math.floor(random() * 3_000))} `;
    else text += `${wordOf(language, random)}${comma ? '，' : ''}`;
  }
  return `${text.trim()}${language === 'en' ? '.' : random() < 0.06 ? '？' : '。'}`;
}

/** A title of a few words. */
export function titleOf(language: Language, random: () => number): string {
  const count = 3 + Math.floor(random() * (language === 'en' ? 7 : 6));
  const parts = Array.from({ length: count }, () => wordOf(language, random));
  return language === 'en' ? capital(parts.join(' ')) : parts.join('');
}
