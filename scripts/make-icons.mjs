/*
 * Makes every icon of the packaged app from build/icon.svg: `node scripts/make-icons.mjs`. The results are kept in the
 * repository, so that packaging needs no browser; run it again after changing the drawing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from '../electron/installed-browser.ts';

const build = resolve(import.meta.dirname, '../build');
const svg = readFileSync(join(build, 'icon.svg'), 'utf8');
/** Below this many pixels the lines on the pages are only noise. */
const linesFrom = 40;

/** Draws the icon at one size; `rgba` is its pixels, 4 bytes each, top row first. */
async function draw(page, size) {
  const source = size < linesFrom ? svg.replace(/<g id="lines"[\s\S]*?<\/g>/, '') : svg;
  const drawn = await page.evaluate(
    async ([text, side]) => {
      const image = new Image(side, side);
      image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, side, side);
      return { png: canvas.toDataURL('image/png').split(',')[1], rgba: [...context.getImageData(0, 0, side, side).data] };
    },
    [source, size],
  );
  return { size, png: Buffer.from(drawn.png, 'base64'), rgba: Buffer.from(drawn.rgba) };
}

/** Apple's icon file: a header, then one chunk a size, each a whole PNG. */
function icns(pictures) {
  const types = [['icp4', 16], ['icp5', 32], ['ic07', 128], ['ic08', 256], ['ic09', 512], ['ic10', 1024], ['ic11', 32], ['ic12', 64], ['ic13', 256], ['ic14', 512]];
  const chunks = types.map(([type, size]) => chunk(type, pictures.get(size).png));
  return chunk('icns', Buffer.concat(chunks));
}

function chunk(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([head, content]);
}

/** Windows' icon file: 256 pixels as PNG, the smaller ones as bitmaps, which its older parts insist on. */
function ico(pictures) {
  const sizes = [16, 20, 24, 32, 40, 48, 64, 128, 256];
  const contents = sizes.map((size) => (size === 256 ? pictures.get(size).png : bitmap(pictures.get(size))));
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  sizes.forEach((size, at) => {
    const entry = 6 + 16 * at;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(contents[at].length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += contents[at].length;
  });
  return Buffer.concat([head, ...contents]);
}

/** A BITMAPINFOHEADER of double height, BGRA rows from the bottom up, then an empty mask. */
function bitmap({ size, rgba }) {
  const head = Buffer.alloc(40);
  head.writeUInt32LE(40, 0);
  head.writeInt32LE(size, 4);
  head.writeInt32LE(size * 2, 8);
  head.writeUInt16LE(1, 12);
  head.writeUInt16LE(32, 14);
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = ((size - 1 - y) * size + x) * 4;
      const to = (y * size + x) * 4;
      pixels.set([rgba[from + 2], rgba[from + 1], rgba[from], rgba[from + 3]], to);
    }
  }
  return Buffer.concat([head, pixels, Buffer.alloc(Math.ceil(size / 32) * 4 * size)]);
}

const browser = await chromium.launch({ executablePath: findBrowser() ?? undefined, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage();
const pictures = new Map();
for (const size of [16, 20, 24, 32, 40, 48, 64, 96, 128, 256, 512, 1024]) pictures.set(size, await draw(page, size));
await browser.close();

mkdirSync(join(build, 'icons'), { recursive: true });
for (const size of [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024]) writeFileSync(join(build, 'icons', `${size}x${size}.png`), pictures.get(size).png);
writeFileSync(join(build, 'icon.icns'), icns(pictures));
writeFileSync(join(build, 'icon.ico'), ico(pictures));
console.log('build/icons, build/icon.icns and build/icon.ico are made.');
