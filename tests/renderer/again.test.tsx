import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { runCommand } from '../../renderer/commands.ts';
import { extractAgain, useView } from '../../renderer/view.ts';
import type { Input } from '../../shared/contract.ts';
import type { Failure, Reply } from '../../shared/failure.ts';
import type { Trial } from '../../shared/trial.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

const rows = [rowOf(1), rowOf(2)];
const id = rows[0]?.id ?? '';
const garbled: Trial = {
  encoding: { before: 'windows-1252', after: 'windows-1252', chosen: false }, kind: { after: 'article', chosen: false }, title: 'ÎíÖÐ', lang: null, dir: 'ltr', opening: ['ÇåÔç'],
  amount: { characters: { before: 700, after: 700 }, pictures: { before: 1, after: 1 } },
  facts: [], kept: 6, added: 0, removed: 0, changes: [{ did: 'kept', count: 6, text: 'ÇåÔç' }], unshown: 0, reshaped: false,
  highlights: { lost: 0, of: 0 }, explanation: {
    by: 'chooser', page: { blocks: 9, characters: 900, pictures: 2 }, kept: { blocks: 6, characters: 700, pictures: 1 }, broughtBack: { whole: 2, footnote: 0 },
    leftOut: [{ step: 'choose', why: 'nav', blocks: 3, characters: 200, examples: ['Home'] }],
  },
};
const right: Trial = {
  ...garbled, encoding: { before: 'windows-1252', after: 'gb18030', chosen: true }, title: '雾中的渡口', lang: 'zh', opening: ['清早的渡口'],
  facts: [
    { fact: 'title', before: 'ÎíÖÐ', after: '雾中的渡口' },
    { fact: 'publishedAt', before: null, after: { local: '2024-06-03', offset: null, assumed: false } },
  ],
  kept: 1, added: 1, removed: 1, unshown: 2,
  changes: [{ did: 'kept', count: 1, text: 'a' }, { did: 'removed', text: 'ÇåÔç' }, { did: 'added', text: '清早的渡口' }],
};

/** The window over a library whose extractor answers by the encoding asked for. */
async function open(answers: { reextract?: Failure; trial?: Failure } = {}) {
  const library = await openWindow(rows);
  const { ask } = library.carrier;
  const asked: Array<Input<'reextract'>> = [];
  library.carrier.ask = async (name, input): Promise<Reply<unknown>> => {
    if (name !== 'tryExtract' && name !== 'reextract') return ask(name, input);
    const wanted = input as Input<'reextract'>;
    if (name === 'tryExtract' && answers.trial !== undefined) return { ok: false, failure: answers.trial };
    const trial = wanted.encoding === 'gb18030' ? right : garbled;
    if (name === 'tryExtract') return { ok: true, value: trial };
    asked.push(wanted);
    return answers.reextract === undefined ? { ok: true, value: { ...trial, undo: 'undo-again' } } : { ok: false, failure: answers.reextract };
  };
  return { library, asked };
}

afterEach(closeWindow);

test('an encoding is chosen by the keyboard, its text seen, and the article replaced with a way back', async () => {
  const user = userEvent.setup();
  const { asked } = await open();
  act(() => extractAgain(id, 'encoding'));
  const panel = await screen.findByRole('dialog', { name: 'Choose the encoding' });
  await within(panel).findByText('ÎíÖÐ');
  const choice = within(panel).getByRole('combobox', { name: 'Encoding' });
  expect(document.activeElement).toBe(choice);
  expect(within(panel).getByRole('option', { name: 'Automatic (windows-1252)' })).toHaveProperty('selected', true);
  expect(within(panel).getByRole('status').textContent).toBe('Nothing would change.');
  const replace = within(panel).getByRole('button', { name: 'Replace the article' });
  expect(replace).toHaveProperty('disabled', true);

  await user.selectOptions(choice, 'gb18030');
  const title = await within(panel).findByText('雾中的渡口', { selector: 'p bdi' });
  expect(title.closest('[lang]')?.getAttribute('lang')).toBe('zh');
  expect(within(panel).getByRole('status').textContent).toBe('1 paragraph kept, 1 added, 1 removed');
  expect(asked).toEqual([]);
  await waitFor(() => expect(replace).toHaveProperty('disabled', false));
  await user.click(replace);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked).toEqual([{ id, encoding: 'gb18030', kind: null }]);
  const told = await screen.findByText('Article extracted again');
  expect(told.parentElement?.textContent).toContain('Undo');
});

test('what changes is a list whose signs are said as well as shown', async () => {
  const { library } = await open();
  library.carrier.ask = ((ask) => async (name, input) => (name === 'tryExtract' ? { ok: true, value: right } : ask(name, input)))(library.carrier.ask);
  act(() => extractAgain(id));
  const panel = await screen.findByRole('dialog', { name: 'Extract again' });
  const list = await within(panel).findByRole('list', { name: 'What would change' });
  expect(within(list).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['1 paragraph unchanged', 'Removed: ÇåÔç', 'Added: 清早的渡口']);
  expect([...panel.querySelectorAll('dt')].map((term) => term.textContent)).toEqual(['Title', 'Published']);
  expect(panel.querySelectorAll('dd')[1]?.textContent).toBe('Removed: noneAdded: 3 June 2024');
  expect(panel.textContent).toContain('2 more changes not shown');
});

test('what the page had besides is listed with its reason', async () => {
  const user = userEvent.setup();
  await open();
  act(() => extractAgain(id));
  await user.click(await screen.findByText('Why does this look wrong?'));
  expect(screen.getByText(/^Each part of the page was judged by itself\. 6 of 9 blocks and 1 of 2 pictures are in the article\.$/)).toBeTruthy();
  const list = screen.getByRole('list', { name: 'What the page had besides, and why it is not in the article.' });
  expect(within(list).getByRole('listitem').textContent).toBe('Left out: in the site’s navigation (3 blocks, 200 characters)Home');
});

test('the command shows it for the open article, and its keys do not act on what lies under it', async () => {
  const user = userEvent.setup();
  const { library } = await open();
  await screen.findByText('Article 1');
  act(() => useView.setState({ article: id }));
  act(() => void runCommand('article.again'));
  await screen.findByRole('dialog', { name: 'Extract again' });
  const before = library.asked.length;
  await user.keyboard('e');
  await user.tab();
  await user.keyboard('d');
  expect(library.asked.slice(before).map(({ name }) => name)).not.toContain('archive');
  expect(library.asked.slice(before).map(({ name }) => name)).not.toContain('trash');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(useView.getState().again).toBeNull();
});

test.each<[Failure, string]>([
  [{ kind: 'no-page-kept' }, 'The page this article was made of is not kept, so there is nothing to extract again.'],
  [{ kind: 'damaged', part: '2026/x/page.br' }, 'A stored part is damaged: 2026/x/page.br.'],
  [{ kind: 'no-article' }, 'The page has no text that reads like an article.'],
])('when it cannot be tried (%o), the panel says so and offers nothing', async (failure, sentence) => {
  await open({ trial: failure });
  act(() => extractAgain(id));
  expect((await screen.findByRole('alert')).textContent).toContain(sentence);
  expect(screen.getByRole('button', { name: 'Replace the article' })).toHaveProperty('disabled', true);
});

test('when replacing fails, the panel stays and says why', async () => {
  const user = userEvent.setup();
  await open({ reextract: { kind: 'disk-full', path: '/library' } });
  act(() => extractAgain(id, 'encoding'));
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Encoding' }), 'gb18030');
  const replace = screen.getByRole('button', { name: 'Replace the article' });
  await waitFor(() => expect(replace).toHaveProperty('disabled', false));
  await user.click(replace);
  expect((await screen.findByRole('alert')).textContent).toContain('There is no room left on the disk of /library.');
  expect(replace).toHaveProperty('disabled', false);
});
