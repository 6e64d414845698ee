import { attr, detach, dropAttr, isElement, type Element } from './tree.ts';

/** Copies that sliders put at either end so that they seem to have none. */
const clone = /(?:^|\s)(?:slick-cloned|swiper-slide-duplicate\S*|splide__slide--clone|glide__slide--clone|tns-slide-cloned|bx-clone|keen-slider__clone|embla__clone|carousel__clone|is-clone|(?:owl-item|flex-slide|slide)(?=\s(?:.*\s)?cloned?(?:\s|$)))/;
const slide = /(?:^|\s)(?:slick-slide|swiper-slide|splide__slide|glide__slide|tns-item|owl-item|carousel-item|keen-slider__slide|embla__slide|carousel-cell)(?:\s|$)/;

/** What turns the slides on a screen. */
const controls = /(?:^|\s)(?:swiper-(?:pagination|button-\w+|scrollbar|notification)|slick-(?:dots|arrow|prev|next)|splide__(?:pagination|arrows?)|glide__(?:bullets|arrows)|carousel-(?:indicators|control\S*)|flex-(?:control-nav|direction-nav)|owl-(?:dots|nav)|bx-controls|bx-pager|tns-controls|tns-nav)(?=\s|$)/;

/** Looked for first: most names have nothing to do with sliders. */
const slider = /clone|duplicate|slide|slick|swiper|glide|carousel|owl-|flex-|bx-|tns-/;

/** Every slide of a slider once, and none of them hidden: on paper all of them lie side by side. */
export function spreadSlides(all: Element[]): void {
  for (const element of all) {
    const names = attr(element, 'class') ?? '';
    if (!slider.test(names)) continue;
    if (controls.test(names)) detach(element);
    else if (clone.test(names) || (/(?:^|\s)clone(?:\s|$)/.test(names) && isElement(element.parentNode) && /(?:^|\s)slides(?:\s|$)/.test(attr(element.parentNode, 'class') ?? ''))) detach(element);
    else if (slide.test(names)) {
      dropAttr(element, 'aria-hidden');
      dropAttr(element, 'hidden');
    }
  }
}
