import { gb18030 } from '../web/gb18030.ts';
import type { Behaviour } from '../web/web.ts';
import { png } from '../web/pictures.ts';

export const title = '雾中的渡口';
const places = ['渡口', '集市', '学堂', '果园', '车站', '磨坊'];
export const paragraphs = places.map((place) => `清早，${place}的人们聚在一起商量这件事，谈到中午，大多数人都认为应该做点什么，可是没有人说得清究竟该做什么。`);

/** A page in GB18030 whose server says windows-1252: saved, it comes out garbled, its second picture's address too. */
export const garbledPage: Behaviour = (_, response) => {
  const body = `<p>${paragraphs[0] ?? ''}</p><img src="/boat.png" alt="boat"><img src="/图.png" alt="map">${paragraphs.slice(1).map((text) => `<p>${text}</p>`).join('')}`;
  const html = `<!doctype html><html><head><title>${title}</title></head><body><article><h1>${title}</h1>${body}</article></body></html>`;
  response.writeHead(200, { 'content-type': 'text/html; charset=windows-1252' }).end(gb18030(html));
};

export const boat = png(60, 40, 0x336699);
export const map = png(50, 50, 0x996633);
export const mapPath = encodeURI('/图.png');
