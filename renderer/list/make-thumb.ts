import { ask } from '../ask.ts';
import { fileUrl } from '../parts/SiteIcon.tsx';

/** The side of a small picture in pixels: twice what a list shows, for dense screens. */
const SIDE = 160;

/** What was made or tried since the window was opened: `true` where there is something to show now. */
const tried = new Map<string, Promise<boolean>>();
let before: Promise<unknown> = Promise.resolve();

/** Makes the small picture of a stored one and has the library keep it, one after the other; answers whether it can be shown. */
export function makeThumb(file: string): Promise<boolean> {
  const known = tried.get(file);
  if (known !== undefined) return known;
  const made = before.then(() => make(file)).catch(() => false);
  before = made;
  tried.set(file, made);
  return made;
}

/** A picture that cannot be decoded, or whose file is gone, is shown by an empty ground: the reader says what is missing. */
async function make(file: string): Promise<boolean> {
  const image = new Image();
  image.src = fileUrl(file);
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const side = Math.min(width, height);
  if (side === 0) return false;
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (context === null) return false;
  context.imageSmoothingQuality = 'high';
  // Cut to a square; of tall pictures the upper part, where faces and headlines are.
  context.drawImage(image, (width - side) / 2, (height - side) / 3, side, side, 0, 0, SIDE, SIDE);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', 0.8));
  if (blob === null || blob.type !== 'image/webp') return false;
  const reply = await ask('keepThumb', { file, base64: await base64Of(blob) });
  return reply.ok;
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
