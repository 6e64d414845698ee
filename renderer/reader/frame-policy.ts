/** What the frame may do: be of our origin, so that the window can fill it and listen to it. Never `allow-scripts`. */
export const frameSandbox = 'allow-same-origin';

/** Besides the header of `reader.html`: the frame's own policy, so that the frame alone already lets nothing out. */
export const framePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";
