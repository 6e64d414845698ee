const side = 24;

/**
 * Marks a loaded picture as line art on a transparent ground when most of what is drawn is dark and much is see-through:
 * such a picture needs a light backing to be seen on a dark page.
 */
export function markLineArt(image: HTMLImageElement): void {
  if (/\.jpe?g(?:\?|$)/i.test(image.getAttribute('src') ?? '') || image.naturalWidth === 0) return;
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return;
  context.drawImage(image, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  let [clear, drawn, light] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] ?? 0) / 255;
    if (alpha < 0.5) clear += 1;
    if (alpha < 0.1) continue;
    drawn += 1;
    light += (0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0)) / 255;
  }
  const seeThrough = clear / (side * side) > 0.15;
  image.classList.toggle('line-art', seeThrough && drawn > 0 && light / drawn < 0.55);
}
