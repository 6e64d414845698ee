import type { Wall } from '../../../shared/failure.ts';

/** What a page says and how it is built, as far as walls can be told from it. `kept` is the text taken for the article. */
export type PageSigns = {
  title: string;
  text: string;
  html: string;
  /** Sizes as blocks count them: a Han character for two and a half Latin letters. */
  textSize: number;
  keptSize: number;
  hasPassword: boolean;
  /** The page tells machines that it is not free to read. */
  isPaid: boolean;
};

const robotTitle =
  /^(?:just a moment|attention required|checking your browser|access (?:to this page has been )?denied|pardon our interruption|are you (?:a )?(?:human|robot)|(?:human |security |bot )?verification|(?:please )?verify (?:that )?you are|robot check|security check(?:point)?|ddos-guard|安全验证|人机验证|验证码|访问验证|滑动验证|请完成(?:安全)?验证|百度安全验证|环境异常)/i;
const robotWords =
  /checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you(?:'|’| a)re (?:a )?(?:human|not a (?:ro)?bot)|(?:prove|confirm|make sure) (?:that )?you(?:'|’| a)re (?:a )?(?:human|not a (?:ro)?bot)|are you a robot\?|i(?:'|’)?m not a robot|unusual (?:traffic|activity) from your|enable javascript and cookies to continue|press (?:and|&) hold to confirm|complete the (?:security check|captcha)|solve the captcha|请完成(?:下方|以下)?(?:安全)?验证|(?:请|需要)进行(?:安全|人机|身份)?验证|安全验证|人机验证|滑动验证|(?:拖动|按住)(?:左侧|下方)?滑块|当前环境异常|环境异常|访问过于频繁|网络环境存在(?:异常|风险)|检测到异常(?:流量|访问)|请输入验证码|ロボットではありません|로봇이 아닙니다|подтвердите, что (?:запросы отправляли вы|вы не робот)/i;
const robotMarkup =
  /\/cdn-cgi\/challenge-platform\/|_cf_chl_opt|\bcf-(?:turnstile|chl-widget|browser-verification|please-wait)\b|challenges\.cloudflare\.com|captcha-delivery\.com|geo\.captcha|\bpx-captcha\b|_Incapsula_Resource|awswaf\.com|AwsWafIntegration|\b[hg]-(?:re)?captcha\b|geetest|TCaptcha|\bnc_wrapper\b|ddos-guard|sec-(?:if-)?cpt|\bbot-?detect/i;
const loginTitle = /^(?:(?:please )?(?:log|sign)[ -]?in\b|login\b|member login|请?(?:先)?登录|用户登录|账号登录|统一身份认证|サインイン|ログイン|로그인|anmelden|einloggen|connexion|iniciar sesión|войти|вход(?: на сайт)?$)/i;
const loginWords =
  /(?:log|sign)(?:ed)?[ -]?in (?:to|before|and then) (?:continue|view|read|see|access)|(?:must|need to|have to|required to) (?:be )?(?:log(?:ged)?|sign(?:ed)?)[ -]?in|(?:only|available) (?:to|for) (?:registered|logged[ -]in) (?:users|members)|请先?登录(?:后|再)?(?:查看|阅读|浏览|访问|继续)|登录后(?:才能|才可|可以|方可|即可|可)?(?:查看|阅读|浏览|访问|继续)|(?:尚未|您还没有|你还没有)登录|ログインしてください|ログインが必要|로그인이 필요|로그인 후/i;
const paywallWords =
  /subscribe (?:now |today )?(?:to|and) (?:continue|keep|read|unlock|access)|subscri(?:be|ption) (?:is )?(?:required|to read)|to (?:continue|keep|finish) reading[^.]{0,60}(?:subscri|sign up|register|log ?in|become a member)|(?:already a subscriber|not a subscriber)\?|(?:this|the rest of this|the full) (?:article|story|content|post|text) is (?:only |exclusively )?(?:for|available (?:only )?(?:to|for)|reserved for) (?:our |paid |paying )?(?:subscribers|members)|(?:subscriber|member)s?[- ]only (?:article|story|content|post)|(?:read|used) (?:all )?your (?:last |monthly )?free articles|unlock (?:this|the full) (?:article|story)|订阅后(?:可|即可|继续)?(?:阅读|查看|解锁)|(?:开通|成为|购买|加入)(?:会员|VIP|付费)[^。]{0,12}(?:阅读|查看|解锁|全文)|(?:付费|会员)(?:后)?(?:可|即可|才能)?(?:阅读|查看|解锁)(?:全文|剩余|全部)?|(?:剩余|还有|全文)[^。]{0,12}(?:付费|订阅|会员)|(?:本文为|此为)(?:付费|会员|订阅)(?:内容|文章)|この(?:記事|続き)は(?:有料)?会員|続きを読むには|유료 (?:회원|구독)|weiterlesen mit|nur für abonnenten|réservé aux abonnés|solo para suscriptores|только (?:для|по) подпис/i;
const consentWords =
  /before you continue|(?:accept|reject|agree to|consent to|allow) (?:all|the use of)?\s*cookies|we (?:and our (?:\d+ )?partners )?(?:use|value|store|need)[^.]{0,80}(?:cookies|privacy|consent)|zustimmen und weiter|mit werbung und (?:cookies|tracking)|bevor sie (?:weiter|fortfahren)|accepter et continuer|aceptar y continuar|(?:接受|同意)(?:所有|全部)?\s*cookie/i;
const cookieWord = /cookies?|consent|einwilligung|datenschutz|consentement/gi;

/**
 * What stands before the article, or null. Only pages with little text come into question: whoever has the article in
 * hand is not turned away for a box about a newsletter, a sign-in in the head of the page, or words about robots.
 */
export function wallOf({ title, text, html, textSize, keptSize, hasPassword, isPaid }: PageSigns): Wall | null {
  const short = textSize < 1_500 && keptSize < 700;
  if (short && robotTitle.test(title) && (robotWords.test(text) || robotMarkup.test(html) || textSize < 400)) return 'robot';
  if (short && robotWords.test(text) && (robotMarkup.test(html) || textSize < 500)) return 'robot';
  if (textSize < 200 && robotMarkup.test(html) && /captcha|challenge|geetest|waf|incapsula|ddos|verif/i.test(html)) return 'robot';

  if (textSize < 2_500 && keptSize < 500 && loginWords.test(text)) return 'login';
  if (hasPassword && textSize < 1_500 && (keptSize < 200 || (keptSize < 700 && loginTitle.test(title)))) return 'login';

  const said = paywallWords.test(text);
  if (said && keptSize < (isPaid ? 2_500 : 900)) return 'paywall';

  if (keptSize < 2_500 && textSize < 4_000 && consentWords.test(text) && (text.match(cookieWord)?.length ?? 0) >= Math.max(3, textSize / 400)) return 'consent';
  return null;
}

/** Whether a refusing answer (403, 429, 503) is a check for robots rather than the site's own word. */
export function isRobotCheck(headers: Record<string, string>, html: string): boolean {
  if (headers['cf-mitigated'] === 'challenge' || headers['x-amzn-waf-action'] !== undefined) return true;
  const title = /<title[^>]{0,200}>([^<]{0,300})/i.exec(html)?.[1]?.trim() ?? '';
  return robotMarkup.test(html) && (robotTitle.test(title) || robotWords.test(html) || /captcha|challenge/i.test(html));
}
