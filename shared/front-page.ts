/** What sites call their front page: the first crumb of a breadcrumb, and no section of anything. */
export const frontPage = /^(?:首页|主页|网站首页|返回首页|首頁|主頁|home|homepage|start|startseite|accueil|inicio|главная|ホーム|トップ|홈)$/iu;
