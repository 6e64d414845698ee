import { act, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { askGivenAgain, firstAsked, forgetAnswers, heed, takeGiven, untilAnswered, useAsk } from '../../renderer/ask.ts';
import { questionKey } from '../../shared/first-questions.ts';
import { fakeLibrary, rowOf, type FakeLibrary } from './fake-library.ts';

const input = { where: { list: 'all' }, sort: 'newest', from: 0, count: 60 } as const;
let library: FakeLibrary;
let drawn = 0;
beforeEach(() => {
  forgetAnswers();
  library = fakeLibrary([rowOf(1), rowOf(2)]);
  window.lectern = library.carrier;
  drawn = 0;
});

function List() {
  const { value } = useAsk('list', input);
  useEffect(() => {
    drawn += 1;
  });
  return <p>{value === undefined ? 'nothing' : value.rows.map(({ title }) => title).join(', ')}</p>;
}

async function give(): Promise<void> {
  const reply = await library.carrier.ask('list', input);
  takeGiven({ [questionKey('list', input)]: reply.ok ? reply.value : null });
  library.asked.length = 0;
}

test('what came with the first answers is drawn at once, and nothing is asked for it', async () => {
  await give();
  render(<List />);
  expect(screen.getByText('Article 1, Article 2')).toBeTruthy();
  expect(library.asked).toEqual([]);
  expect(firstAsked()).toEqual([questionKey('list', input)]);
});

test('it is asked again once news is heard; what has not changed is not drawn again', async () => {
  await give();
  render(<List />);
  const before = drawn;
  await act(async () => {
    askGivenAgain();
    await untilAnswered();
  });
  expect(library.asked).toHaveLength(1);
  expect(drawn).toBe(before);
  library.rows[0] = rowOf(1, { title: 'Another' });
  await act(async () => {
    heed({ about: 'articles', ids: null });
    await untilAnswered();
  });
  expect(screen.getByText('Another, Article 2')).toBeTruthy();
});

test('what has changed between the first answers and the news is shown', async () => {
  await give();
  library.rows[0] = rowOf(1, { title: 'Changed meanwhile' });
  render(<List />);
  await act(async () => {
    askGivenAgain();
    await untilAnswered();
  });
  expect(screen.getByText('Changed meanwhile, Article 2')).toBeTruthy();
});
