function decode(part) {
  const spaced = part.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch (error) {
    if (error instanceof URIError) return spaced;
    throw error;
  }
}

/** Query parameters as an object without a prototype; a repeated key holds a list. */
export function parseQuery(text) {
  const found = Object.create(null);
  for (const pair of text.replace(/^\?/, "").split("&")) {
    if (pair === "") continue;
    const cut = pair.indexOf("=");
    const key = decode(cut < 0 ? pair : pair.slice(0, cut));
    const value = cut < 0 ? "" : decode(pair.slice(cut + 1));
    if (!(key in found)) found[key] = value;
    else found[key] = [].concat(found[key], value);
  }
  return found;
}
