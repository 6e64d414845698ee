/** Numbers that look random and are the same every time. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Language = 'en' | 'zh';
/** A made-up piece of news: paragraphs of sentences. */
export type MadeUpNews = { language: Language; title: string; paragraphs: string[][] };

const syllables = 'ba ko ri ten mu sal der on gi fa lor ves ti pan ur el dro ki ma ne sto wen ha pel'.split(' ');
const common = 'the of and in to a is that for on with as was by at from it be are this which had not'.split(' ');
const han = '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车安'.match(/./gu) ?? [];

/** Words of one language, the frequent ones first. */
function vocabulary(language: Language, random: () => number): string[] {
  const words = new Set(language === 'en' ? common : []);
  while (words.size < 3_000) {
    const parts = language === 'en' ? syllables : han;
    const length = language === 'en' ? 2 + Math.floor(random() * 2) : 1 + Math.floor(random() * 2.4);
    words.add(Array.from({ length }, () => parts[Math.floor(random() * parts.length)] ?? '').join(''));
  }
  return [...words];
}

/** Makes up news, sentences and words of one language. */
export function newsroom(language: Language, seed: number) {
  const random = dice(seed);
  const words = vocabulary(language, random);
  const word = (): string => words[Math.floor(words.length * random() ** 2.5)] ?? '';
  const join = (list: string[]): string => (language === 'en' ? `${list.join(' ')}.` : `${list.join('').replace(/(\p{Script=Han}{9,14})/gu, '$1，')}。`);
  const sentence = (length = 9 + Math.floor(random() * 16)): string => join(Array.from({ length }, word));
  const number = (): string => String(10 + Math.floor(random() * 9_000));
  const paragraph = (sentences = 3 + Math.floor(random() * 4)): string[] => Array.from({ length: sentences }, () => sentence());
  return {
    random, word, sentence, number, paragraph,
    article: (paragraphs = 3 + Math.floor(random() * 6)): MadeUpNews => ({ language, title: sentence(6), paragraphs: Array.from({ length: paragraphs }, () => [...paragraph(), ...(random() < 0.4 ? [join([word(), number(), word()])] : [])]) }),
  };
}

export type Newsroom = ReturnType<typeof newsroom>;

/** The same news on another site: some words changed, a line of its own before or after, a paragraph left out, other signs and spaces. */
export function mirrored(room: Newsroom, news: MadeUpNews, changed: number): MadeUpNews {
  const { random } = room;
  const edit = (sentence: string): string => {
    const parts = news.language === 'en' ? sentence.split(' ') : [...sentence];
    // A Chinese word is some one and a half characters.
    const rate = news.language === 'en' ? changed : changed / 1.5;
    return parts.map((part) => (/[\p{L}]/u.test(part) && random() < rate ? room.word() : part)).join(news.language === 'en' ? ' ' : '');
  };
  const paragraphs = news.paragraphs.map((each) => each.map(edit));
  if (paragraphs.length > 5 && random() < 0.4) paragraphs.splice(Math.floor(random() * paragraphs.length), 1);
  if (random() < 0.6) paragraphs.unshift([room.sentence(5)]);
  if (random() < 0.6) paragraphs.push([room.sentence(7)]);
  const width = (text: string) => (news.language === 'zh' ? text.replaceAll('，', ',').replaceAll('。', '。 ') : text.replaceAll('. ', '.  '));
  return { ...news, title: random() < 0.5 ? news.title : room.sentence(6), paragraphs: random() < 0.5 ? paragraphs : paragraphs.map((each) => each.map(width)) };
}

/** Reports of one template: names, numbers and days differ, everything else is the same. `slots` is how many sentences have one. */
export function reports(room: Newsroom, count: number, slots: number): MadeUpNews[] {
  const frame = Array.from({ length: 4 }, () => room.paragraph());
  const title = room.sentence(4);
  const language: Language = /\p{Script=Han}/u.test(title) ? 'zh' : 'en';
  const marked = frame.map((sentences) => sentences.map((sentence) => ({ sentence, slot: room.random() < slots, at: room.random() })));
  return Array.from({ length: count }, (_, issue) => ({
    language,
    title: `${title} ${issue + 1}`,
    paragraphs: marked.map((sentences) => sentences.map(({ sentence, slot, at }) => {
      if (!slot) return sentence;
      const cut = Math.floor(sentence.length * at);
      return `${sentence.slice(0, cut)} ${room.number()} ${room.word()} ${sentence.slice(cut)}`;
    })),
  }));
}

/** Different news with the same long words before and after: what a site prints on every page. */
export function framed(room: Newsroom, count: number): MadeUpNews[] {
  const [before, after] = [room.paragraph(2), room.paragraph(3)];
  return Array.from({ length: count }, () => {
    const news = room.article();
    return { ...news, paragraphs: [before, ...news.paragraphs, after] };
  });
}

/** As an article's body. */
export const bodyOf = ({ language, paragraphs }: MadeUpNews): string => paragraphs.map((sentences) => `<p>${sentences.join(language === 'en' ? ' ' : '')}</p>`).join('');
