import { picture } from './picture.ts';

/** The sample article in simplified Chinese, as a whole page: written for itself, not translated word by word. */
export const chinese = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>一处读书的地方</title>
<meta name="author" content="Lectern 开发者">
<meta property="og:site_name" content="Lectern">
<meta name="keywords" content="阅读">
</head>
<body>
<article>
<h1>一处读书的地方</h1>
<p>值得读的东西，往往来得不是时候。它夹在两条消息之间，页面先要你同意三件事，才肯露出第一段；列车一进隧道，它又不见了。你打算回头再读，标签页便开着，开了一个星期，直到浏览器重新启动。</p>
<p>读书台正相反。它是一件只有一个用处的家具：把书稳稳地托在合适的高度、合适的光线里，你愿意站多久，它就托多久。Lectern 这个程序，想替你找到的文章做同样的事。给它一个网址，它把文字和图片取回来，放在你自己的硬盘上，从此留在那里。</p>
<figure><img src="${picture}" width="1360" height="720" alt="窗边的读书台上摊着一本书，窗外是傍晚的山，墙上有一排书"><figcaption>这个程序心里想着的那张台子。这幅图就存在你的文库里，和每篇文章的每张图片一样。</figcaption></figure>
<h2>存下来</h2>
<p>在窗口的任何地方粘贴一个网址，一次粘贴一百个也行。它们会立刻出现在列表里，这时还什么都没有下载，所以粘贴过的东西不会丢。随后网页被取回，正文从菜单和公告中间被认出来，图片一张一张存好。每篇文章的末尾都有一行字，写着存下了几张图片。那是清点的结果，不是一句许诺：断开网络试试看。</p>
<p>你的文库就是一个普通的文件夹。里面的每篇文章都是一个文件，用任何浏览器都能打开，不需要 Lectern。<sup><a href="#fn1" id="ref1">1</a></sup>哪一天你要走，可以带走全部。</p>
<blockquote><p>书因为有人读而得以保存，藏书因为有人用而活着。束之高阁的，不过是存放罢了。</p><p>——抄自阅览室里的一本笔记</p></blockquote>
<h2>读下去</h2>
<p>文字就是界面，其余的都往后退。往下读，工具栏自己隐去；伸手去找，它就回来。一句话读到一半关上，下次打开还在那一句，哪怕窗口变窄了，字号变大了。上方的「文字与版面」里有字号、行宽、字体，还有纸的颜色。</p>
<h3>好的版面做些什么</h3>
<ul>
<li>一行三十来个字，眼睛扫过去，不会在换行时迷路。</li>
<li>行与行之间留有余地；行越长，留得越多。</li>
<li>它不乱动。图片到来之前，位置已经留好，文字不会跳来跳去。</li>
</ul>
<p>中文与 English 之间自有一线空隙，标点「挤」得恰到好处，行首也不会出现不该出现的符号。代码保留原来的行和颜色，长行自己横向滚动，角上的按钮可以整段复制：</p>
<pre><code class="language-python"># 读完这篇要多久？
def minutes(text, per_minute=400):
    characters = len([c for c in text if not c.isspace()])
    return max(1, round(characters / per_minute))

print(minutes("文字就是界面，其余的都往后退。"))</code></pre>
<p>表格还是表格，太宽时在自己的框里滚动。下面是最先值得记住的几个键，按 <kbd>?</kbd> 可以看到其余的。</p>
<table>
<thead><tr><th>按键</th><th>作用</th></tr></thead>
<tbody>
<tr><td><kbd>j</kbd> 和 <kbd>k</kbd></td><td>下一篇、上一篇</td></tr>
<tr><td><kbd>s</kbd></td><td>收藏</td></tr>
<tr><td><kbd>e</kbd></td><td>读完归档</td></tr>
<tr><td><kbd>f</kbd></td><td>只看正文</td></tr>
<tr><td><kbd>/</kbd></td><td>搜索存下的一切</td></tr>
<tr><td><kbd>u</kbd></td><td>撤销刚才那一步</td></tr>
</tbody>
</table>
<h2>再找到</h2>
<p>找不到的文章，等于没有存。搜索会查标题，也查全文，并把字词标在它出现的地方，一个字也能搜。标签把同一类东西归在一起；一个标签可以在首页有自己的书架，你关心的题目便总在眼前。网页上若带着一列链接，Lectern 也会把它留在文章末尾，由你挑选要取哪几篇。</p>
<p>这里的一切都不会发往别处。没有账号，也没有人统计你读了什么。这篇文章是刚才在你自己的电脑上做成的，走的是每个网页都要走的那几步。归档它，删掉它，或者留着，等下一个安静的钟头。</p>
<h2>注释</h2>
<ol>
<li id="fn1">在文库的 <code>articles</code> 文件夹里可以找到 <code>article.html</code>。旁边的 <code>meta.json</code> 记着每一部分的指纹，若有损坏，一查便知，不必猜测。<a href="#ref1">↩</a></li>
</ol>
</article>
</body>
</html>
`;
