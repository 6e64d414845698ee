declare module 'html-encoding-sniffer' {
  /** The HTML standard's prescan for BOM and `<meta charset>`; a WHATWG encoding name, or `defaultEncoding`. */
  export default function sniff(
    bytes: Uint8Array,
    options?: { xml?: boolean; transportLayerEncodingLabel?: string; defaultEncoding?: string; maxPrescanBytes?: number },
  ): string | null;
}
