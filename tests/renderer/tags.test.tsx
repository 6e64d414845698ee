import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { useView } from '../../renderer/view.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

const rows = () => [
  rowOf(1, { title: 'Fog', tags: ['科技/人工智能', 'AI'] }), rowOf(2, { title: 'Fog again', tags: ['ai'] }), rowOf(3, { title: 'Sun', tags: ['科技', 'Open Source'] }),
  rowOf(4, { title: 'Rain', tags: ['open-source'] }),
];
const tagsOf = (library: Awaited<ReturnType<typeof openWindow>>) => library.rows.map((row) => row.tags.toSorted().join(' '));
const dialog = () => screen.findByRole('dialog', { name: 'Tags' });

describe('the menu of a tag in the sidebar', () => {
  const openMenu = async (name: string) => {
    fireEvent.contextMenu(await screen.findByRole('link', { name: new RegExp(`^${name}`) }));
    return screen.findByRole('menu', { name: `Actions for ${name}` });
  };

  test('goes by arrow keys, and Escape brings the focus back', async () => {
    await openWindow(rows());
    const link = await screen.findByRole('link', { name: /^AI/ });
    link.focus();
    fireEvent.contextMenu(link);
    expect(document.activeElement?.textContent).toBe('Rename…');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('Merge into another…');
    await userEvent.keyboard('{Home}{ArrowUp}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Grey');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(link);
    fireEvent.contextMenu(link);
    fireEvent.pointerDown(document.body);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  test('a colour is kept and shown, also for what is nested in it', async () => {
    const library = await openWindow(rows());
    const menu = await openMenu('科技');
    expect(within(menu).getByRole('menuitemradio', { name: 'No colour' }).getAttribute('aria-checked')).toBe('true');
    await userEvent.click(within(menu).getByRole('menuitemradio', { name: 'Teal' }));
    expect(library.asked).toContainEqual({ name: 'setTag', input: { tag: '科技', colour: 'teal' } });
    const inside = await screen.findByRole('link', { name: /^人工智能/ });
    await waitFor(() => expect(inside.querySelector('span')?.getAttribute('style')).toContain('--tag-teal'));
    expect(within(await openMenu('科技')).getByRole('menuitemradio', { name: 'Teal' }).getAttribute('aria-checked')).toBe('true');
  });

  test('renaming takes what is inside along; the place shown follows; Undo brings it back', async () => {
    const library = await openWindow(rows(), { hash: '#/tag/%E7%A7%91%E6%8A%80%2F%E4%BA%BA%E5%B7%A5%E6%99%BA%E8%83%BD' });
    const menu = await openMenu('科技');
    await userEvent.click(within(menu).getByRole('menuitem', { name: 'Rename…' }));
    const panel = await screen.findByRole('dialog', { name: 'Rename 科技' });
    const field = within(panel).getByRole('textbox', { name: 'New name' });
    await within(panel).findByText('1 tag inside it comes along.');
    await userEvent.clear(field);
    expect((within(panel).getByRole('button', { name: 'Rename' }) as HTMLButtonElement).disabled).toBe(true);
    await userEvent.type(field, 'tech{Enter}');
    await screen.findByText('The tag is now tech');
    expect(tagsOf(library)).toEqual(['AI tech/人工智能', 'ai', 'Open Source tech', 'open-source']);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(useView.getState().where).toEqual({ list: 'tag', tag: 'tech/人工智能' });
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(tagsOf(library)[2]).toBe('Open Source 科技'));
  });

  test('a name that is there is said to be, and merges; a name that cannot be is refused', async () => {
    const library = await openWindow(rows());
    await userEvent.click(within(await openMenu('AI')).getByRole('menuitem', { name: 'Rename…' }));
    const panel = await screen.findByRole('dialog', { name: 'Rename AI' });
    const field = within(panel).getByRole('textbox', { name: 'New name' });
    await userEvent.clear(field);
    await userEvent.type(field, 'a,b');
    await within(panel).findByText(/A tag/);
    expect((within(panel).getByRole('button', { name: 'Rename' }) as HTMLButtonElement).disabled).toBe(true);
    await userEvent.clear(field);
    await userEvent.type(field, 'ai');
    await within(panel).findByText('ai is there already, with 1 article. The two become one.');
    await userEvent.click(within(panel).getByRole('button', { name: 'Merge' }));
    await screen.findByText('Merged into ai: 1 article');
    expect(tagsOf(library).slice(0, 2)).toEqual(['ai 科技/人工智能', 'ai']);
  });

  test('merging goes by completion, and only into a tag that is there', async () => {
    const library = await openWindow(rows());
    await userEvent.click(within(await openMenu('AI')).getByRole('menuitem', { name: 'Merge into another…' }));
    const panel = await screen.findByRole('dialog', { name: 'Merge AI' });
    const field = within(panel).getByRole('combobox', { name: 'Into which tag' });
    await userEvent.type(field, 'nowhere');
    await within(panel).findByText('No tag goes with “nowhere”.');
    expect((within(panel).getByRole('button', { name: 'Merge' }) as HTMLButtonElement).disabled).toBe(true);
    await userEvent.clear(field);
    await userEvent.type(field, '智能');
    expect(within(panel).getByRole('option', { name: '科技/人工智能' }).getAttribute('aria-selected')).toBe('true');
    await userEvent.keyboard('{Enter}');
    await screen.findByText('Merged into 科技/人工智能: 1 article');
    expect(tagsOf(library)[0]).toBe('科技/人工智能');
  });

  test('a removed tag leaves its articles, and goes onto Home or off it', async () => {
    const library = await openWindow(rows(), { shelves: ['ai'], hash: '#/tag/AI' });
    await userEvent.click(within(await openMenu('AI')).getByRole('menuitem', { name: 'Put on Home' }));
    await waitFor(() => expect(library.asked).toContainEqual({ name: 'shelves', input: { tags: ['ai', 'AI'] } }));
    await userEvent.click(within(await openMenu('AI')).getByRole('menuitem', { name: 'Take off Home' }));
    await waitFor(() => expect(library.asked).toContainEqual({ name: 'shelves', input: { tags: ['ai'] } }));
    await userEvent.click(within(await openMenu('AI')).getByRole('menuitem', { name: 'Remove from all articles' }));
    await screen.findByText('AI removed from 1 article');
    expect(tagsOf(library)[0]).toBe('科技/人工智能');
    expect(useView.getState().where).toEqual({ list: 'home' });
  });
});

describe('the panel of tags', () => {
  test('opens from the heading in the sidebar, lists and finds tags, each with its menu', async () => {
    await openWindow(rows());
    await userEvent.click(await screen.findByRole('button', { name: 'Manage tags' }));
    const panel = await dialog();
    expect(within(panel).getAllByRole('button', { name: /article/ }).length).toBeGreaterThanOrEqual(6);
    await userEvent.type(within(panel).getByRole('searchbox', { name: 'Find a tag' }), 'zzz');
    await within(panel).findByText('No tag goes with “zzz”.');
    await userEvent.clear(within(panel).getByRole('searchbox'));
    await userEvent.type(within(panel).getByRole('searchbox'), '科技');
    await userEvent.click(within(panel).getByRole('button', { name: 'Actions for 科技' }));
    expect(within(panel).getByRole('menuitem', { name: 'Remove, with the tags inside' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(within(panel).getByRole('button', { name: /^科技 / }));
    expect(useView.getState()).toMatchObject({ panel: null, where: { list: 'tag', tag: '科技' } });
  });

  test('what looks alike is pointed out, and merged under the name chosen', async () => {
    const library = await openWindow(rows(), { hash: '#/inbox?panel=tags' });
    const alike = await within(await dialog()).findByRole('region', { name: '2 groups of tags look alike' });
    await userEvent.click(within(alike).getByRole('radio', { name: /^open-source/ }));
    await userEvent.click(within(alike).getByRole('button', { name: 'Merge into open-source' }));
    await screen.findByText('Merged into open-source: 1 article');
    await within(await dialog()).findByRole('region', { name: 'These tags look alike' });
    expect(tagsOf(library).slice(2)).toEqual(['open-source 科技', 'open-source']);
  });

  test('what only looks alike is kept apart, by keyboard too, and pointed out again', async () => {
    await openWindow(rows(), { hash: '#/inbox?panel=tags' });
    const panel = within(await dialog());
    const apart = await panel.findByRole('button', { name: 'Keep apart: Open Source, open-source' });
    apart.focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByText('Kept apart: Open Source, open-source');
    const alike = within(await panel.findByRole('region', { name: 'These tags look alike' }));
    expect(alike.queryByRole('radio', { name: /^open-source/ })).toBe(null);
    await userEvent.click(await alike.findByText('1 pair kept apart'));
    await userEvent.click(alike.getByRole('button', { name: 'Point out again: Open Source, open-source' }));
    await panel.findByRole('region', { name: '2 groups of tags look alike' });
  });

  test('without tags it says how to come by one', async () => {
    await openWindow([rowOf(1)], { hash: '#/inbox?panel=tags' });
    expect(await within(await dialog()).findByText('No tags yet. Press T on an article to give it one.')).toBeTruthy();
  });
});

test('the tag editor offers the page’s own words before the tags of other articles', async () => {
  const library = await openWindow(rows(), { hash: `#/inbox?article=${rowOf(4).id}` });
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) => {
    const reply = await ask(name, input);
    return name === 'article' && reply.ok ? { ok: true, value: { ...(reply.value as object), offeredTags: ['weather', 'AI'] } } : reply;
  };
  library.tell({ about: 'articles', ids: null });
  await waitFor(() => expect(library.asked.filter(({ name }) => name === 'article').length).toBeGreaterThan(1));
  await userEvent.keyboard('t');
  const editor = await screen.findByRole('dialog');
  await within(editor).findByText('from the page');
  expect(within(editor).getAllByRole('option').slice(0, 3).map((option) => option.textContent)).toEqual(['open-source', 'weatherfrom the page', 'AI']);
});

describe('tag rules', () => {
  test('a rule is written, tried, saved and applied; then switched off, and deleted', async () => {
    const library = await openWindow(rows(), { hash: '#/inbox?panel=tags' });
    const panel = await dialog();
    await userEvent.click(within(panel).getByRole('radio', { name: 'Rules' }));
    await within(panel).findByText('No rules yet.');
    await userEvent.click(within(panel).getByRole('button', { name: 'New rule' }));
    await within(panel).findByText('Say what must hold, and what is to be done.');
    await userEvent.selectOptions(within(panel).getByRole('combobox', { name: 'What it looks at' }), 'Title has');
    await userEvent.type(within(panel).getByRole('textbox', { name: 'Title has' }), 'Fog');
    await userEvent.type(within(panel).getByRole('combobox', { name: 'Tags' }), 'weather{Enter}');
    await within(panel).findByText('2 articles here would change. Saving the rule alone changes none of them.');
    expect(within(panel).getByText('Fog again')).toBeTruthy();
    await userEvent.click(within(panel).getByRole('button', { name: 'Save, and apply to 2 articles' }));
    await screen.findByText('Rule saved and applied to 2 articles');
    expect(tagsOf(library).slice(0, 2)).toEqual(['AI weather 科技/人工智能', 'ai weather']);
    const says = await within(panel).findByRole('button', { name: 'title has “Fog” Then: #weather' });
    const on = within(panel).getByRole('switch', { name: 'In use: title has “Fog”' });
    await userEvent.click(on);
    await waitFor(() => expect(library.asked.findLast(({ name }) => name === 'keepTagRule')).toMatchObject({ input: { value: { on: false } } }));
    await userEvent.click(says);
    await within(panel).findByText('Nothing here would change.');
    await userEvent.click(within(panel).getByRole('button', { name: 'All rules' }));
    await userEvent.click(within(panel).getByRole('button', { name: 'Delete the rule: title has “Fog”' }));
    await screen.findByText('Rule deleted');
    await within(panel).findByText('No rules yet.');
  });

  test('several conditions, of every kind, all or any', async () => {
    const library = await openWindow(rows(), { hash: '#/inbox?panel=tagRules' });
    const panel = await dialog();
    await userEvent.click(await within(panel).findByRole('button', { name: 'New rule' }));
    await userEvent.type(within(panel).getByRole('textbox', { name: 'Site is' }), 'example.org');
    await userEvent.click(within(panel).getByRole('button', { name: 'Add a condition' }));
    const second = within(panel).getByRole('group', { name: 'Condition 2' });
    await userEvent.selectOptions(within(second).getByRole('combobox', { name: 'What it looks at' }), 'Longer than');
    await userEvent.clear(within(second).getByRole('spinbutton'));
    await userEvent.type(within(second).getByRole('spinbutton'), '45');
    await userEvent.click(within(panel).getByRole('button', { name: 'Add a condition' }));
    const third = within(panel).getByRole('group', { name: 'Condition 3' });
    await userEvent.selectOptions(within(third).getByRole('combobox', { name: 'What it looks at' }), 'Language is');
    await userEvent.selectOptions(within(third).getByRole('combobox', { name: 'Language is' }), 'ja');
    await userEvent.click(within(panel).getByRole('button', { name: 'Add a condition' }));
    await userEvent.click(within(panel).getByRole('button', { name: 'Remove condition 4' }));
    await userEvent.selectOptions(within(panel).getByRole('combobox', { name: 'How many must hold' }), 'Any of these holds');
    await userEvent.click(within(panel).getByRole('checkbox', { name: 'archive' }));
    await userEvent.click(within(panel).getByRole('button', { name: 'Save rule' }));
    await screen.findByText('Rule saved');
    expect(library.asked.findLast(({ name }) => name === 'keepTagRule')?.input).toEqual({
      rule: null,
      value: { match: 'any', when: [{ by: 'site', value: 'example.org' }, { by: 'longer', minutes: 45 }, { by: 'language', value: 'ja' }], add: [], favourite: false, archive: true, on: true },
    });
    await within(panel).findByRole('button', { name: 'site is example.org or longer than 45 min or language is Japanese Then: archive' });
  });
});
