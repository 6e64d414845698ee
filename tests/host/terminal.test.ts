import { expect, test } from 'vitest';
import { jsonLine, safe, safeLines } from '../../electron/cli/terminal.ts';

const hostile = ['\u001b[2J', '\u009b2J', '\u0085', '\u007f', '\u202eturned\u202c', '\u2066\u2028', '\r\nline', '\u0007'];

test('nothing that came with a page reaches a terminal as a command: as text, in lines, as JSON', () => {
  for (const text of hostile) {
    expect(safe(`a${text}b`)).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
    expect(safeLines(`a${text}b`).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    const line = jsonLine({ [text]: text });
    expect(line).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
    expect(JSON.parse(line)).toEqual({ [text]: text });
  }
});
