/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What data/*.json say of the samples, for xgettext, which does not read JSON. Nothing includes this file; a test holds it to the samples. */
N_("Where is Apophis on 13 April 2029? Its path past the Earth, learnt from the time alone.")
N_("Genuine or forged? Four figures of a banknote's picture, and a first layer of a single unit.")
N_("Benign or malignant? A first network judges tumours by 30 measurements of their cells.")
N_("Who threw the dart? Four players aim at different spots, and two numbers say where it landed.")
N_("Handwritten digits of 8 × 8 pixels, read by a network that sees each pixel as a number.")
N_("Heating and cooling of buildings, in kWh per square metre: two numbers predicted at once from shape, walls and windows.")
N_("Three species told apart by the length and width of sepals and petals: the oldest lesson in classification.")
N_("Which of three parcels need water? Twenty sensors, and any number of answers may be yes at once.")
N_("Three species on three islands: numbers beside words, and some cells nobody filled in.")
