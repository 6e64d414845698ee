/** A `javascript:` address that offers the page it is pressed on to Lectern: only its address, which the reader confirms there. */
export const bookmarklet = "javascript:void(location.href='lectern://save?url='+encodeURIComponent(location.href))";
