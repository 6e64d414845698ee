import type { Hit } from '../../shared/contract.ts';
import { runnable, type Command, type RunnableId } from '../../shared/commands.ts';
import { en as english, type Words } from '../../shared/words/en.ts';
import type { Completion } from './completions.ts';

/** One line of the palette that can be chosen. `id` is stable while results change around it. */
export type Choice =
  | { kind: 'article'; id: string; hit: Hit }
  | { kind: 'command'; id: string; command: Command & { id: RunnableId } }
  | { kind: 'completion'; id: string; completion: Completion }
  | { kind: 'all'; id: string; total: number | null; more: boolean }
  | { kind: 'recent'; id: string; query: string };

/** What the field asks for: nothing yet, commands only (`>`), or both. */
export type Asked = { mode: 'start' } | { mode: 'commands'; name: string } | { mode: 'all'; query: string };

/** Reads the field. The library allows 500 characters. */
export function readField(text: string): Asked {
  const trimmed = text.trim();
  if (trimmed === '') return { mode: 'start' };
  if (/^[>》＞]/u.test(trimmed)) return { mode: 'commands', name: trimmed.slice(1).trim() };
  return { mode: 'all', query: text.trimStart().slice(0, 500) };
}

/** A command's name as the palette shows it; places are said to be gone to. */
export function commandName(command: Command & { id: RunnableId }, words: Words): string {
  const name = words.commands[command.id];
  return command.menu === 'go' ? `${words.menu.go} › ${name}` : name;
}

/** Commands whose name, in the interface's language or in English, holds every word typed. */
export function commandsNamed(name: string, words: Words, canRun: (command: Command) => boolean): Array<Command & { id: RunnableId }> {
  const wanted = name.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  return runnable.filter((command) => {
    if (command.id === 'search' || !canRun(command)) return false;
    const names = `${commandName(command, words)} ${commandName(command, english)}`.toLowerCase();
    return wanted.every((word) => names.includes(word));
  });
}
