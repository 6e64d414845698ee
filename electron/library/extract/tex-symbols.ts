/** What TeX's names stand for: letters and signs that need no arguments. */
const list = (text: string): Record<string, string> => Object.fromEntries(text.trim().split(/\s+/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));

/** Letters: upright where capital Greek, italic elsewhere, as `mi`. */
export const letters = list(`
  alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ varkappa=ϰ lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ
  sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω
  infty=∞ partial=∂ nabla=∇ ell=ℓ hbar=ℏ hslash=ℏ imath=ı jmath=ȷ Re=ℜ Im=ℑ wp=℘ aleph=ℵ beth=ℶ emptyset=∅ varnothing=∅ complement=∁ top=⊤ bot=⊥ angle=∠ triangle=△ square=□ Box=□
  blacksquare=■ Diamond=◇ flat=♭ natural=♮ sharp=♯ clubsuit=♣ diamondsuit=♢ heartsuit=♡ spadesuit=♠ degree=° S=§ P=¶ ldots=… dots=… dotsc=… checkmark=✓ R=ℝ N=ℕ Z=ℤ Q=ℚ C=ℂ copyright=© pounds=£ euro=€ yen=¥`);

/** Operators and relations, as `mo`. */
export const signs = list(`
  pm=± mp=∓ times=× div=÷ cdot=⋅ ast=∗ star=⋆ circ=∘ bullet=∙ oplus=⊕ ominus=⊖ otimes=⊗ oslash=⊘ odot=⊙ dagger=† ddagger=‡ amalg=⨿ cap=∩ cup=∪ uplus=⊎ sqcap=⊓ sqcup=⊔ vee=∨ lor=∨ wedge=∧ land=∧
  setminus=∖ smallsetminus=∖ wr=≀ bigtriangleup=△ bigtriangledown=▽ triangleleft=◁ triangleright=▷ rtimes=⋊ ltimes=⋉
  le=≤ leq=≤ leqslant=⩽ ge=≥ geq=≥ geqslant=⩾ lt=< gt=> ne=≠ neq=≠ ll=≪ gg=≫ equiv=≡ sim=∼ simeq=≃ approx=≈ cong=≅ propto=∝ prec=≺ succ=≻ preceq=⪯ succeq=⪰ doteq=≐ coloneqq=≔ triangleq=≜ asymp=≍ lesssim=≲ gtrsim=≳
  in=∈ notin=∉ ni=∋ subset=⊂ supset=⊃ subseteq=⊆ supseteq=⊇ subsetneq=⊊ supsetneq=⊋ nsubseteq=⊈ sqsubseteq=⊑ sqsupseteq=⊒ mid=∣ nmid=∤ parallel=∥ nparallel=∦ perp=⊥ vdash=⊢ dashv=⊣ models=⊨ vDash=⊨ bowtie=⋈ smile=⌣ frown=⌢
  to=→ rightarrow=→ leftarrow=← gets=← leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ Leftrightarrow=⇔ iff=⟺ implies=⟹ impliedby=⟸ longrightarrow=⟶ longleftarrow=⟵ longleftrightarrow=⟷ Longrightarrow=⟹ Longleftarrow=⟸ Longleftrightarrow=⟺
  mapsto=↦ longmapsto=⟼ uparrow=↑ downarrow=↓ updownarrow=↕ Uparrow=⇑ Downarrow=⇓ hookrightarrow=↪ hookleftarrow=↩ nearrow=↗ searrow=↘ swarrow=↙ nwarrow=↖ rightharpoonup=⇀ rightleftharpoons=⇌ leadsto=⇝ rightsquigarrow=⇝
  forall=∀ exists=∃ nexists=∄ neg=¬ lnot=¬ therefore=∴ because=∵ cdots=⋯ dotsb=⋯ dotsm=⋯ vdots=⋮ ddots=⋱ prime=′ backslash=\\ colon=: surd=√ vert=| lvert=| rvert=| Vert=‖ lVert=‖ rVert=‖ |=‖
  langle=⟨ rangle=⟩ lfloor=⌊ rfloor=⌋ lceil=⌈ rceil=⌉ lbrace={ rbrace=} {={ }=} lbrack=[ rbrack=] lgroup=⟮ rgroup=⟯ #=# &=& %=% $=$ _=_`);

/** Operators that carry limits above and below in display style. */
export const big = list(`sum=∑ prod=∏ coprod=∐ bigcap=⋂ bigcup=⋃ bigsqcup=⨆ bigvee=⋁ bigwedge=⋀ bigoplus=⨁ bigotimes=⨂ bigodot=⨀ biguplus=⨄`);
export const integrals = list(`int=∫ iint=∬ iiint=∭ oint=∮ oiint=∯`);

/** Functions written upright; those of the second list take limits below. */
export const functions = new Set('sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg deg dim exp hom ker lg ln log'.split(' '));
export const limits = new Set('lim limsup liminf max min sup inf det gcd Pr argmax argmin injlim projlim'.split(' '));

export const accents = list(`hat=^ widehat=^ check=ˇ tilde=~ widetilde=~ acute=´ grave=\` dot=˙ ddot=¨ dddot=⃛ breve=˘ bar=¯ vec=→ overline=‾ overrightarrow=→ overleftarrow=← overleftrightarrow=↔ overbrace=⏞ mathring=˚`);
export const below = list(`underline=_ underbrace=⏟ underrightarrow=→ underleftarrow=←`);

/** Widths of spaces, in em. */
export const spaces: Record<string, string> = { ',': '0.17em', ':': '0.22em', '>': '0.22em', ';': '0.28em', '!': '-0.17em', ' ': '0.33em', quad: '1em', qquad: '2em', thinspace: '0.17em', enspace: '0.5em', space: '0.33em', medspace: '0.22em', thickspace: '0.28em' };

/** The first code points of capitals, small letters and digits in each mathematical alphabet. */
const alphabets: Record<string, [number, number, number]> = {
  mathbf: [0x1d400, 0x1d41a, 0x1d7ce], boldsymbol: [0x1d468, 0x1d482, 0x1d7ce], bm: [0x1d468, 0x1d482, 0x1d7ce], pmb: [0x1d468, 0x1d482, 0x1d7ce], mathbb: [0x1d538, 0x1d552, 0x1d7d8], Bbb: [0x1d538, 0x1d552, 0x1d7d8],
  mathcal: [0x1d49c, 0x1d4b6, 0], mathscr: [0x1d49c, 0x1d4b6, 0], cal: [0x1d49c, 0x1d4b6, 0], mathfrak: [0x1d504, 0x1d51e, 0], frak: [0x1d504, 0x1d51e, 0], mathsf: [0x1d5a0, 0x1d5ba, 0x1d7e2], mathtt: [0x1d670, 0x1d68a, 0x1d7f6], mathit: [0, 0, 0], mathnormal: [0, 0, 0],
};
/** Letters that had their place in Unicode before the alphabets were filled. */
const elsewhere: Record<number, string> = {
  0x1d53a: 'ℂ', 0x1d53f: 'ℍ', 0x1d545: 'ℕ', 0x1d547: 'ℙ', 0x1d548: 'ℚ', 0x1d549: 'ℝ', 0x1d551: 'ℤ', 0x1d49d: 'ℬ', 0x1d4a0: 'ℰ', 0x1d4a1: 'ℱ', 0x1d4a3: 'ℋ', 0x1d4a4: 'ℐ', 0x1d4a7: 'ℒ', 0x1d4a8: 'ℳ', 0x1d4ad: 'ℛ', 0x1d4ba: 'ℯ', 0x1d4bc: 'ℊ', 0x1d4c4: 'ℴ',
  0x1d506: 'ℭ', 0x1d50b: 'ℌ', 0x1d50c: 'ℑ', 0x1d515: 'ℜ', 0x1d51d: 'ℨ',
};

export const isAlphabet = (name: string): boolean => name in alphabets;

/** One letter or digit in the alphabet a command names; what has no place in it stays. */
export function inAlphabet(letter: string, name: string): string {
  const starts = alphabets[name];
  const at = letter.codePointAt(0) ?? 0;
  const [start, from] = starts === undefined ? [0, 0] : at >= 65 && at <= 90 ? [starts[0], 65] : at >= 97 && at <= 122 ? [starts[1], 97] : at >= 48 && at <= 57 ? [starts[2], 48] : [0, 0];
  if (start === 0) return letter;
  const point = start + at - from;
  return elsewhere[point] ?? String.fromCodePoint(point);
}
