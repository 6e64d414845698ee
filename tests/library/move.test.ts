import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeLibrary } from '../../bench/made-up-library.ts';
import { FailureError } from '../../shared/failure.ts';
import { openCare, type Care } from '../../electron/library/storage/care.ts';
import { checkLibrary } from '../../electron/library/storage/checking.ts';
import { moveFolder, settleMove, type MoveWork } from '../../electron/library/storage/move.ts';
import { openStore, type OpenStore } from '../../electron/library/storage/store.ts';
import { copyMark, moveTarget, openPlan } from '../../electron/library/storage/target.ts';
import { keep } from '../../electron/library/articles.ts';

type Place = { base: string; from: string; to: string; notes: string; care: Care };

async function place(): Promise<Place> {
  const base = mkdtempSync(join(tmpdir(), 'lectern-move-'));
  const care = openCare();
  onTestFinished(async () => {
    await care.close();
    rmSync(base, { recursive: true, force: true });
  });
  mkdirSync(join(base, 'notes'));
  const from = join(base, 'old');
  await makeLibrary(from, 40, 5, () => undefined);
  return { base, from, to: join(base, 'new', 'library'), notes: join(base, 'notes'), care };
}

/** What makes a library: every file but the index and what belongs to a process. */
function truthOf(path: string): Map<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).filter((name) => !/^(?:index|lock)\./.test(name));
  return new Map(names.toSorted().map((name) => [name, createHash('sha256').update(readFileSync(join(path, name))).digest('hex')]));
}

type Mover = MoveWork & { named: string; store: OpenStore };

/** A mover as a host is one: closes, points, opens. */
function mover({ from, to, notes, care }: Place, store: OpenStore, more: Partial<MoveWork> = {}): Mover {
  const work: Mover = {
    from, to, notes, care, follow: true, copy: true, named: from, store,
    progress: () => undefined,
    close: () => work.store.close(),
    point: (path: string) => {
      work.named = path;
    },
    open: async (path: string) => {
      work.store = await openStore({ path });
    },
    ...more,
  };
  return work;
}

for (const copy of [true, false]) {
  test(`a library moves whole ${copy ? 'by copying' : 'by its name'}, what was written meanwhile included, and the old folder is gone`, async () => {
    const at = await place();
    mkdirSync(join(at.base, 'new'));
    mkdirSync(join(at.from, 'rules'));
    writeFileSync(join(at.from, 'rules', 'a.example.txt'), 'title: //h1\n');
    const store = await openStore({ path: at.from });
    const told: number[] = [];
    const work = mover(at, store, { copy, progress: (done) => told.push(done) });
    const close = work.close;
    work.close = async () => {
      // Just before the old place is let go of.
      keep(work.store, [{ url: 'https://late.example/1', job: { from: 'web', typed: true } }], ['late']);
      await close();
    };
    const before = truthOf(at.from);
    await moveFolder(work);
    expect(work.named).toBe(at.to);
    expect(existsSync(at.from)).toBe(false);
    expect(existsSync(join(at.notes, 'note.json'))).toBe(false);
    expect(existsSync(join(at.to, copyMark))).toBe(false);
    expect((await checkLibrary(work.store)).problems).toEqual([]);
    expect(work.store.db.prepare("SELECT count(*) AS n FROM articles WHERE host = 'late.example'").get()).toEqual({ n: 1 });
    await work.store.close();
    const after = truthOf(at.to);
    for (const [name, sum] of [...before].filter(([each]) => !each.startsWith('journal/'))) expect(after.get(name), name).toBe(sum);
    expect(told.length > 1).toBe(copy);
  });
}

test('a move that fails leaves the library where it was, open, and nothing in the new place', async () => {
  const at = await place();
  mkdirSync(join(at.base, 'new'));
  for (const step of ['copy', 'complete', 'open'] as const) {
    const work = mover(at, await openStore({ path: at.from }));
    const { care } = at;
    work.care = {
      ...care,
      run: async (job, progress) => {
        if (job.job === step && (step !== 'copy' || !('live' in job) || !job.live)) throw new FailureError({ kind: 'disk-full', path: at.to });
        return care.run(job, progress);
      },
    };
    if (step === 'open') {
      const { open } = work;
      work.open = async (path) => {
        if (path === at.to) throw new FailureError({ kind: 'storage', path, reason: 'EIO' });
        await open(path);
      };
    }
    const before = truthOf(at.from);
    await expect(moveFolder(work), step).rejects.toMatchObject({ failure: { kind: step === 'open' ? 'storage' : 'disk-full' } });
    expect(work.named, step).toBe(at.from);
    expect(existsSync(at.to), step).toBe(false);
    expect((await checkLibrary(work.store)).problems, step).toEqual([]);
    await work.store.close();
    expect(truthOf(at.from), step).toEqual(before);
  }
});

test('what was copied wrongly is noticed, and a picture that is damaged already moves as it is', async () => {
  const at = await place();
  mkdirSync(join(at.base, 'new'));
  const file = readdirSync(join(at.from, 'files'), { recursive: true, withFileTypes: true }).find((entry) => entry.isFile());
  if (file === undefined) throw new Error('no picture');
  const path = join(file.parentPath, file.name);
  writeFileSync(path, 'damaged');
  const work = mover(at, await openStore({ path: at.from }));
  await moveFolder(work);
  expect(readFileSync(join(at.to, path.slice(at.from.length + 1)), 'utf8')).toBe('damaged');
  expect((await checkLibrary(work.store)).problems.map(({ what }) => what)).toEqual(['picture damaged']);
  await work.store.close();
});

test('a part of the library that is a link to another folder moves with its contents, and what it led to stays', async () => {
  const at = await place();
  mkdirSync(join(at.base, 'new'));
  mkdirSync(join(at.base, 'elsewhere'));
  writeFileSync(join(at.base, 'elsewhere', 'b.example.txt'), 'title: //h2\n');
  symlinkSync(join(at.base, 'elsewhere'), join(at.from, 'rules'));
  const work = mover(at, await openStore({ path: at.from }));
  await moveFolder(work);
  await work.store.close();
  expect(readFileSync(join(at.to, 'rules', 'b.example.txt'), 'utf8')).toBe('title: //h2\n');
  expect(existsSync(join(at.base, 'elsewhere', 'b.example.txt'))).toBe(true);
  expect(existsSync(at.from)).toBe(false);
});

test('not onto itself, into itself, around itself, over anything, or nowhere', async () => {
  const at = await place();
  const why = (path: string) => {
    try {
      return moveTarget(at.from, path);
    } catch (error) {
      return error instanceof FailureError && error.failure.kind === 'bad-folder' ? error.failure.why : error;
    }
  };
  mkdirSync(join(at.base, 'empty'));
  mkdirSync(join(at.base, 'full'));
  writeFileSync(join(at.base, 'full', 'letter.txt'), 'x');
  writeFileSync(join(at.base, 'a file'), 'x');
  mkdirSync(join(at.base, 'other'));
  await makeLibrary(join(at.base, 'other'), 2, 1, () => undefined);
  symlinkSync(at.from, join(at.base, 'link'));
  expect(why('library')).toBe('relative');
  expect(why(at.from)).toBe('same');
  expect(why(`${at.from}/../old/`)).toBe('same');
  expect(why(join(at.base, 'link'))).toBe('same');
  expect(why(join(at.from, 'deeper'))).toBe('inside');
  expect(why(join(at.base, 'link', 'deeper'))).toBe('inside');
  expect(why(join(at.base, 'a file'))).toBe('not-a-folder');
  expect(why(join(at.base, 'other'))).toBe('not-empty');
  expect(why(join(at.base, 'nowhere', 'deep'))).toBe('no-parent');
  expect(why(join(at.base, 'empty'))).toBe(join(at.base, 'empty'));
  expect(why(join(at.base, 'not yet'))).toBe(join(at.base, 'not yet'));
  expect(why(join(at.base, 'full'))).toBe(join(at.base, 'full', 'Lectern'));
  mkdirSync(join(at.base, 'full', 'Lectern'));
  writeFileSync(join(at.base, 'full', 'Lectern', 'x'), '');
  expect(why(join(at.base, 'full'))).toBe('not-empty');
  expect(openPlan(at.from, join(at.base, 'other'))).toEqual({ act: 'open', path: join(at.base, 'other'), made: false });
  expect(openPlan(at.from, join(at.base, 'empty'))).toMatchObject({ made: true });
  expect(() => openPlan(at.from, join(at.base, 'full'))).toThrow('bad-folder');
  expect(() => openPlan(at.from, at.from)).toThrow('bad-folder');
});

test('a note that makes no sense, or of folders that are gone, harms nothing', async () => {
  const at = await place();
  const before = truthOf(at.from);
  for (const text of ['{', '[]', '{"from":1}', JSON.stringify({ from: join(at.base, 'x'), to: join(at.base, 'y'), id: 'z', follow: true })]) {
    writeFileSync(join(at.notes, 'note.json'), text);
    await settleMove(at.notes, at.from, () => expect.unreachable(), openCare);
    expect(existsSync(join(at.notes, 'note.json'))).toBe(false);
  }
  expect(truthOf(at.from)).toEqual(before);
});

for (const copy of [true, false]) {
  test(`a library that a link leads to moves itself, and the link is gone (${copy ? 'copied' : 'renamed'})`, async () => {
    const at = await place();
    const link = join(at.base, 'link');
    symlinkSync('old', link);
    const truth = truthOf(at.from);
    const work = mover({ ...at, from: link, to: join(at.base, 'deeper', 'in', 'library') }, await openStore({ path: link }), { copy });
    mkdirSync(join(at.base, 'deeper', 'in'), { recursive: true });
    await moveFolder(work);
    expect(lstatSync(work.to).isDirectory()).toBe(true);
    expect(truthOf(work.to)).toEqual(truth);
    expect(work.named).toBe(work.to);
    expect(readdirSync(at.base).toSorted()).toEqual(['deeper', 'notes']);
    expect(readdirSync(at.notes).filter((name) => name.includes('note'))).toEqual([]);
    await work.store.close();
  });
}

test('killed after the library went from behind the link that the preferences name, the next start follows it', async () => {
  const at = await place();
  const link = join(at.base, 'link');
  symlinkSync('old', link);
  const id = (JSON.parse(readFileSync(join(at.from, 'lectern.json'), 'utf8')) as { id: string }).id;
  writeFileSync(join(at.notes, 'note.json'), JSON.stringify({ from: at.from, to: join(at.base, 'moved'), id, follow: true }));
  renameSync(at.from, join(at.base, 'moved'));
  let named = link;
  await settleMove(at.notes, named, (path) => (named = path), openCare);
  expect(named).toBe(join(at.base, 'moved'));
});

test('a link that somebody put into a library takes along nothing it leads to, but whole parts of the library', async () => {
  const at = await place();
  mkdirSync(join(at.base, 'home', 'secrets'), { recursive: true });
  writeFileSync(join(at.base, 'home', 'secrets', 'key'), 'private');
  symlinkSync(join(at.base, 'home'), join(at.from, 'photos'));
  renameSync(join(at.from, 'files'), join(at.base, 'large'));
  symlinkSync(join(at.base, 'large'), join(at.from, 'files'));
  const pictures = readdirSync(join(at.base, 'large'), { recursive: true }).length;
  const work = mover(at, await openStore({ path: at.from }));
  mkdirSync(join(at.base, 'new'));
  await moveFolder(work);
  expect(existsSync(join(work.to, 'photos'))).toBe(false);
  expect(readdirSync(join(work.to, 'files'), { recursive: true })).toHaveLength(pictures);
  expect(readFileSync(join(at.base, 'home', 'secrets', 'key'), 'utf8')).toBe('private');
  await work.store.close();
});
