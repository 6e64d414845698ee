/*
 * What the start and test scripts say before anything is installed or built, so without the interface's own words.
 */
const en = {
  help: `npm start -- [options] [address or file]…

Opens Lectern, and saves and shows what is named after the two dashes.
The first start installs and builds what is needed; later ones open at once.

  --browser         use an installed Chrome, Chromium or Edge instead of Electron
  --electron        try again to download Electron, even if that failed today
  --no-window       open no window, print the link
  --library DIR     the library's folder (with --browser; else LECTERN_LIBRARY or the preferences)
  --help            show this

npm test                      installs what the tests need and runs them all
npm run -s lectern -- --help  the command line`,
  installing: 'Installing what Lectern needs. This takes a minute, once.',
  installFailed: 'What Lectern needs could not be installed. Is there a network? Then run the same command again.',
  building: 'Building Lectern.',
  buildFailed: 'Lectern could not be built; the lines above say why.',
  oldNode: (version) => `Lectern needs Node 24.21 or newer, and this is ${version}. Get it from https://nodejs.org, then run the same command again.`,
  downloading: 'Downloading Electron (about 110 MB, once).',
  browserInstead: 'Electron could not be downloaded, so Lectern opens in your installed browser instead.',
  electronFailed: 'Electron could not show a window here, so Lectern opens in your installed browser instead.',
  chromium: 'Getting a Chromium for the tests. This takes a minute, once.',
  noChromium: 'No Chromium could be found or installed. Set LECTERN_CHROMIUM to the path of one.',
  noFonts: 'No Chinese font was found; screenshots will show empty boxes for Chinese text.',
};

/** @type {typeof en} */
const zh = {
  help: `npm start -- [选项] [网址或文件]…

打开 Lectern；两个短横之后写的网址或文件会保存并显示。
第一次启动会安装并构建所需的东西，以后立即打开。

  --browser         用已安装的 Chrome、Chromium 或 Edge 代替 Electron
  --electron        再次尝试下载 Electron，即使今天已失败过
  --no-window       不打开窗口，只打印链接
  --library DIR     资料库的文件夹（配合 --browser；否则用 LECTERN_LIBRARY 或偏好设置）
  --help            显示这段说明

npm test                      安装测试所需的东西并运行全部测试
npm run -s lectern -- --help  命令行`,
  installing: '正在安装 Lectern 所需的东西，只需一次，大约一分钟。',
  installFailed: 'Lectern 所需的东西无法安装。网络通吗？请再运行一次同样的命令。',
  building: '正在构建 Lectern。',
  buildFailed: 'Lectern 无法构建，原因见上面几行。',
  oldNode: (version) => `Lectern 需要 Node 24.21 或更新版本，这里是 ${version}。请从 https://nodejs.org 获取，再运行一次同样的命令。`,
  downloading: '正在下载 Electron（约 110 MB，只需一次）。',
  browserInstead: 'Electron 无法下载，因此 Lectern 在您已安装的浏览器里打开。',
  electronFailed: 'Electron 在这里无法显示窗口，因此 Lectern 在您已安装的浏览器里打开。',
  chromium: '正在为测试准备 Chromium，只需一次，大约一分钟。',
  noChromium: '找不到也装不上 Chromium。请把 LECTERN_CHROMIUM 设为它的路径。',
  noFonts: '没有找到中文字体；截图里的中文会是空框。',
};

const tag = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
export const words = /^zh/i.test(tag) ? zh : en;
