import { picture } from './picture.ts';

/** The sample article in English, as a whole page. */
export const english = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A Place to Read</title>
<meta name="author" content="The Lectern developers">
<meta property="og:site_name" content="Lectern">
<meta name="keywords" content="reading">
</head>
<body>
<article>
<h1>A Place to Read</h1>
<p>Most of what is worth reading arrives at a bad moment. It comes between two messages, on a page that asks for three permissions before it shows a paragraph, and it is gone again when the train enters the tunnel. You mean to come back to it. The tab stays open for a week, and then the browser restarts.</p>
<p>A lectern is the opposite of that moment. It is a piece of furniture with one purpose: to hold a text still, at the right height and in good light, for as long as you care to stand there. Lectern, the program, tries to be the same thing for the articles you find. You give it an address; it brings back the text and the pictures, puts them on your own disk, and keeps them there.</p>
<figure><img src="${picture}" width="1360" height="720" alt="An open book on a lectern beside a window, with evening light over hills and a shelf of books"><figcaption>The desk this program has in mind. The picture is stored inside your library, like every picture of every article.</figcaption></figure>
<h2>Keeping</h2>
<p>Paste an address anywhere in this window, or a hundred of them. Each appears in the list at once, before anything is fetched, so that nothing you have pasted can be lost. Then the page is downloaded, its article found among the menus and notices, and its pictures fetched one by one. At the end of every article you will find a line that says how many of its pictures are stored. It is a count, not a promise: turn the network off and see.</p>
<p>Your library is an ordinary folder. Each article in it is a file that opens in any browser, with no need of Lectern at all.<sup><a href="#fn1" id="ref1">1</a></sup> Should you ever leave, you leave with everything.</p>
<blockquote><p>A book is kept by being read, and a library by being used. What is put away for good is only stored.</p><p>— from a notebook found in a reading room</p></blockquote>
<h2>Reading</h2>
<p>The text is the interface; everything else steps back. The toolbar goes away as you read on, and returns when you reach for it. Close an article in the middle of a sentence, and it opens at that sentence, even if you have made the window narrower or the letters larger since. The button <em>Text and page</em> above has the size, the width, the typeface and the colour of the paper.</p>
<h3>What a good page does</h3>
<ul>
<li>It gives each line some sixty-six characters, which is about what an eye takes in without losing its way back.</li>
<li>It leaves room between the lines, and more of it when the lines are long.</li>
<li>It keeps still. Pictures have their places before they arrive, so nothing jumps.</li>
</ul>
<p>Code keeps its lines and its colours. A long line scrolls by itself, and the button in the corner copies the whole:</p>
<pre><code class="language-python"># How long will it take to read this?
def minutes(text, words_per_minute=230):
    words = len(text.split())
    return max(1, round(words / words_per_minute))

print(minutes("The text is the interface; everything else steps back."))</code></pre>
<p>Tables stay tables, and a wide one scrolls inside its own box. Here are the keys worth knowing first; <kbd>?</kbd> shows the others.</p>
<table>
<thead><tr><th>Key</th><th>What it does</th></tr></thead>
<tbody>
<tr><td><kbd>j</kbd> and <kbd>k</kbd></td><td>Next and previous article</td></tr>
<tr><td><kbd>s</kbd></td><td>Keep as a favourite</td></tr>
<tr><td><kbd>e</kbd></td><td>Archive, when you are done</td></tr>
<tr><td><kbd>f</kbd></td><td>Only the text</td></tr>
<tr><td><kbd>/</kbd></td><td>Search everything you have kept</td></tr>
<tr><td><kbd>u</kbd></td><td>Undo what you just did</td></tr>
</tbody>
</table>
<h2>Finding again</h2>
<p>An article nobody can find is as good as lost. Search looks through titles and whole texts, and shows the words where they occur. Tags gather what belongs together; a tag can have a shelf of its own on the first page, so that a subject you follow is always in sight. And when a page carries a list of further links, Lectern keeps the list too, at the end of the article, where you can choose which of them to fetch.</p>
<p>Nothing here is sent anywhere. There is no account, and nobody counts what you read. This article was made on your own machine a moment ago, by the same steps that every page goes through. Archive it, delete it, or leave it here for the next quiet hour.</p>
<h2>Notes</h2>
<ol>
<li id="fn1">Look for <code>article.html</code> in the folder <code>articles</code> of your library. The file <code>meta.json</code> beside it has the fingerprint of every part, so that damage is noticed rather than guessed at. <a href="#ref1">↩</a></li>
</ol>
</article>
</body>
</html>
`;
