/** The stylesheet inside every stored article: small, readable in light and dark, no fonts of its own. */
export const style = `
:root{color-scheme:light dark;--ground:#fbf9f4;--ink:#25221d;--quiet:#6b665c;--line:#ddd7ca;--link:#1d5f8a;--soft:#f1ede3}
@media (prefers-color-scheme:dark){:root{--ground:#191817;--ink:#d9d5cc;--quiet:#9a958a;--line:#3a3733;--link:#8cb9dc;--soft:#242220}}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--ink);font:1.125rem/1.6 Georgia,"Songti SC","Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;-webkit-text-size-adjust:100%}
html:lang(zh),html:lang(ja),html:lang(ko){line-height:1.8}
body{max-width:36em;margin:0 auto;padding:2.5em 1.25em 5em;overflow-wrap:break-word}
h1,h2,h3,h4,h5,h6{line-height:1.3;margin:1.8em 0 .6em;text-wrap:balance}
:is(h1,h2,h3,h4,h5,h6):lang(zh,ja){text-wrap:pretty}
header{border-bottom:1px solid var(--line);margin-bottom:2em;padding-bottom:1em}
header h1{font-size:1.9em;margin:0 0 .5em}
.facts{color:var(--quiet);font-size:.85em;margin:.3em 0}
.facts span+span::before{content:" · "}
.original{font-size:.8em;margin:.3em 0;word-break:break-all}
a{color:var(--link)}
img{max-width:100%;height:auto}
img[data-missing]{display:inline-block;min-width:8em;min-height:4em;border:1px dashed var(--line);color:var(--quiet);font-size:.85em;padding:.5em}
figure{margin:1.6em 0}
figcaption{color:var(--quiet);font-size:.85em;margin-top:.4em}
figcaption:first-child{margin:0 0 .4em}
figure:has(>figure){display:grid;grid-template-columns:repeat(auto-fit,minmax(min(14em,100%),1fr));gap:.8em;align-items:start}
figure>figure{margin:0}
figure:has(>figure)>figcaption{grid-column:1/-1}
figure[data-embed]{border:1px solid var(--line);border-radius:8px;background:var(--soft);overflow:hidden}
figure[data-embed]>a{display:block;position:relative}
figure[data-embed]>a>img{display:block;width:100%;aspect-ratio:16/9;object-fit:cover}
figure[data-embed]>a>img[data-missing]{display:none}
figure[data-embed=video]>a:has(>img[src])::before,figure[data-embed=audio]>a:has(>img[src])::before{content:"";position:absolute;inset:0;width:3em;height:3em;margin:auto;border-radius:50%;background:var(--ground);opacity:.92}
figure[data-embed=video]>a:has(>img[src])::after,figure[data-embed=audio]>a:has(>img[src])::after{content:"";position:absolute;inset:0;width:1em;height:1.2em;margin:auto;translate:8% 0;background:var(--ink);clip-path:polygon(0 0,100% 50%,0 100%)}
figure[data-embed]>figcaption{margin:0;padding:.7em 1em}
figure[data-embed]>figcaption>small{display:block;font-size:.9em}
math[display=block]{overflow-x:auto}
blockquote{border-inline-start:3px solid var(--line);margin:1.4em 0;padding-inline-start:1.1em;color:var(--quiet)}
pre,code,kbd,samp{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.88em}
pre{background:var(--soft);padding:1em;overflow:auto;line-height:1.5;border-radius:6px}
table{border-collapse:collapse;display:block;overflow-x:auto;max-width:100%;font-size:.92em}
th,td{border:1px solid var(--line);padding:.4em .7em;text-align:start;vertical-align:top}
hr{border:0;border-top:1px solid var(--line);margin:2em 0}
@media print{html{background:#fff;color:#000}}
`.trim();
