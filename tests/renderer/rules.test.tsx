import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Input } from '../../shared/contract.ts';
import type { Failure, Reply } from '../../shared/failure.ts';
import type { RuleFile, RuleTrial } from '../../shared/site-rule.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

const files: RuleFile[] = [
  { name: 'global.txt', host: null, directives: 1, problems: [] },
  { name: '.post.example.txt', host: '.post.example', directives: 4, problems: [{ line: 2, kind: 'broken-xpath', directive: 'body', problem: { kind: 'syntax', at: 6, found: '' } }] },
  { name: 'Notes.txt', host: null, directives: 0, problems: [{ line: 0, kind: 'file-name', name: 'Notes.txt' }] },
];
const view = { title: 'Wrong', byline: null, publishedAt: null, opening: ['Something else.'], blocks: 2, characters: 40, nextPage: null };
const trial: RuleTrial = {
  address: 'https://post.example/a', forHost: true, body: true, singlePage: 'https://post.example/a/all', lang: 'en', dir: 'ltr',
  before: view, after: { ...view, title: 'The bathhouse', byline: 'Ida Marrow', publishedAt: { local: '2024-06-03', offset: null, assumed: false }, opening: ['The bathhouse had been shut.'], blocks: 9, characters: 1_234, nextPage: 'https://post.example/a?page=2' },
  lines: [{ name: 'x', line: 1, directive: 'title', matched: 1 }, { name: 'x', line: 2, directive: 'body', matched: 0 }],
  problems: [{ line: 3, kind: 'unknown-directive', directive: 'strip_all' }], tests: [{ line: 5, text: 'had been shut', found: true }, { line: 6, text: 'Never said', found: false }],
};

/** Preferences at their site rules, over a library whose folder has those files. */
async function open(answers: { trial?: Failure; files?: RuleFile[] } = {}) {
  const row = rowOf(1, { url: 'https://post.example/a', host: 'post.example', title: 'Kept page' });
  const library = await openWindow([row, rowOf(2)], { hash: '#/inbox?panel=preferences' });
  const tried: Array<Input<'tryRule'>> = [];
  const saved: Array<Input<'saveRule'>> = [];
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input): Promise<Reply<unknown>> => {
    if (name === 'rules') {
      const { find = '' } = input as Input<'rules'>;
      const found = (answers.files ?? files).filter((file) => file.name.includes(find));
      return { ok: true, value: { path: '/library/rules', total: found.length, files: found } };
    }
    if (name === 'rule') return { ok: true, value: { name: '.post.example.txt', text: 'title: //h1\n' } };
    if (name === 'search' && (input as Input<'search'>).query === 'site:post.example') return { ok: true, value: { total: 1, hits: [{ ...row, titleMarks: [], snippet: '', snippetMarks: [] }] } };
    if (name === 'tryRule') {
      tried.push(input as Input<'tryRule'>);
      return answers.trial === undefined ? { ok: true, value: trial } : { ok: false, failure: answers.trial };
    }
    if (name === 'saveRule') {
      saved.push(input as Input<'saveRule'>);
      return { ok: true, value: { name: (input as Input<'saveRule'>).name, problems: [] } };
    }
    return ask(name, input);
  };
  await userEvent.click(within(screen.getByRole('navigation', { name: 'Preferences' })).getByRole('button', { name: 'Site rules' }));
  return { row, tried, saved };
}

test('the folder is told and its rules are listed, each with whose it is and what is the matter', async () => {
  await open();
  expect(await screen.findByText('/library/rules')).toBeTruthy();
  expect(screen.getByText('3 rule files').getAttribute('role')).toBe('status');
  expect(screen.getByRole('button', { name: /every site 1 line in use/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: /every site below post\.example.*4 lines in use.*1 problem/ })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Notes/ })).toBeNull();
  fireEvent.change(screen.getByRole('searchbox', { name: 'Find a site' }), { target: { value: 'nowhere' } });
  expect(await screen.findByText('No rule file has “nowhere” in its name.')).toBeTruthy();
});

test('a new rule is tried on a saved article of its site, seen beside the page without it, and saved', async () => {
  const { row, tried, saved } = await open({ files: [] });
  await screen.findByText('There are no rules yet.');
  await userEvent.click(screen.getByRole('button', { name: 'New rule' }));
  const name = screen.getByRole('textbox', { name: 'File name' });
  expect(document.activeElement).toBe(name);
  expect(screen.getByRole('button', { name: 'Save rule' })).toHaveProperty('disabled', true);
  await userEvent.type(name, 'Post.example.TXT');
  fireEvent.change(screen.getByRole('textbox', { name: 'Rule' }), { target: { value: 'title: //h1\nbody: //main' } });
  await screen.findByRole('option', { name: 'Kept page' });
  expect(screen.getByRole('combobox', { name: 'Try it on' })).toHaveProperty('value', row.id);
  await userEvent.click(screen.getByRole('button', { name: 'Try' }));
  const result = await screen.findByRole('region', { name: 'What it gives' });
  expect(tried).toEqual([{ name: 'post.example.txt', text: 'title: //h1\nbody: //main', page: { id: row.id } }]);
  expect(within(result).getByText('The rule found the article.')).toBeTruthy();
  const cells = (fact: string) => within(within(result).getByRole('row', { name: new RegExp(`^${fact}`) })).getAllByRole('cell').map((cell) => cell.textContent);
  expect(cells('Title')).toEqual(['Wrong', 'The bathhouse']);
  expect(cells('Author')).toEqual(['–', 'Ida Marrow']);
  expect(cells('Date')).toEqual(['–', '3 June 2024']);
  expect(cells('Length')).toEqual(['2 blocks, 40 characters', '9 blocks, 1,234 characters']);
  expect(cells('Next page')).toEqual(['–', 'https://post.example/a?page=2']);
  expect(cells('On one page')).toEqual(['–', 'https://post.example/a/all']);
  for (const text of ['Line 1, title: 1 match', 'Line 2, body: nothing', 'Line 3: Lectern does not know “strip_all”; the line is skipped.', 'Found: had been shut', 'Not found: Never said']) expect(within(result).getByText(text)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Save rule' }));
  await screen.findByText('Saved as post.example.txt.');
  expect(saved).toEqual([{ name: 'post.example.txt', text: 'title: //h1\nbody: //main' }]);
});

test('a rule that is there is opened, tried on an address, and what goes wrong is told', async () => {
  const { tried } = await open({ trial: { kind: 'gone', host: 'post.example', status: 404 } });
  await userEvent.click(await screen.findByRole('button', { name: /every site below/ }));
  expect(screen.getByRole('textbox', { name: 'Rule' })).toHaveProperty('value', 'title: //h1\n');
  const address = screen.getByRole('textbox', { name: 'Address' });
  expect(screen.getByRole('button', { name: 'Try' })).toHaveProperty('disabled', true);
  await userEvent.type(address, 'https://news.post.example/b');
  await userEvent.click(screen.getByRole('button', { name: 'Try' }));
  await screen.findByText(/The site answered 404/);
  expect(tried[0]?.page).toEqual({ url: 'https://news.post.example/b' });
  await userEvent.clear(screen.getByRole('textbox', { name: 'File name' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'File name' }), 'not a name');
  expect(screen.getByText(/A rule’s file is called after a site/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'All rules' }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'New rule' })).toBeTruthy());
});
