//! What a recording shows: where clips begin, where it is silent, how it jumps.

use realfft::RealFftPlanner;

/// Where `clip` begins in `recording`: the first sample of the best match, and how well it matches
/// (normalised cross-correlation, 1 for the same samples at any loudness).
pub(crate) fn find(recording: &[f32], clip: &[f32]) -> (usize, f64) {
    assert!(!clip.is_empty() && recording.len() >= clip.len(), "a recording is longer than a clip in it");
    let size = (recording.len() + clip.len()).next_power_of_two();
    let mut planner = RealFftPlanner::<f64>::new();
    let (forward, inverse) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
    let transform = |samples: &[f32]| {
        let mut input = forward.make_input_vec();
        for (to, from) in input.iter_mut().zip(samples) {
            *to = f64::from(*from);
        }
        let mut output = forward.make_output_vec();
        forward.process(&mut input, &mut output).expect("the lengths fit");
        output
    };
    let mut product = transform(recording);
    for (a, b) in product.iter_mut().zip(transform(clip)) {
        *a *= b.conj();
    }
    // Exactly real by definition; rounding leaves a trace that the inverse refuses.
    product.first_mut().expect("not empty").im = 0.0;
    product.last_mut().expect("not empty").im = 0.0;
    let mut correlation = inverse.make_output_vec();
    inverse.process(&mut product, &mut correlation).expect("the lengths fit");

    let energy = |samples: &[f32]| samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>();
    let own = energy(clip);
    let mut under = energy(&recording[..clip.len()]);
    let mut best = (0, f64::MIN);
    for start in 0..=recording.len() - clip.len() {
        // What is far quieter than the clip is no match, whatever its shape.
        let norm = (own * under.max(own * 1.0e-6)).sqrt() * size as f64;
        let match_here = correlation[start] / norm;
        if match_here > best.1 {
            best = (start, match_here);
        }
        if let Some(next) = recording.get(start + clip.len()) {
            under += f64::from(*next).powi(2) - f64::from(recording[start]).powi(2);
        }
    }
    best
}

/// Where `clip` begins between `around - within` and `around + within`, and how well it matches.
pub(crate) fn find_near(recording: &[f32], clip: &[f32], around: usize, within: usize) -> (usize, f64) {
    let from = around.saturating_sub(within);
    let to = (around + within + clip.len()).min(recording.len());
    let (at, how_well) = find(&recording[from..to], clip);
    (from + at, how_well)
}

/// The longest run of exact zeros, in samples: digital silence, on which headphones fall asleep.
pub(crate) fn longest_zeros(recording: &[f32]) -> usize {
    recording.split(|sample| *sample != 0.0).map(<[f32]>::len).max().unwrap_or(0)
}

/// The largest step from one sample to the next: a click, where nothing else steps so far.
pub(crate) fn largest_jump(recording: &[f32]) -> f32 {
    recording.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// The loudest sample outside of `spans`, which are in order, and where it is.
pub(crate) fn loudest_outside(recording: &[f32], spans: &[std::ops::Range<usize>]) -> (f32, usize) {
    let mut loudest = (0.0, 0);
    let mut from = 0;
    let end = recording.len()..recording.len();
    for span in spans.iter().chain([&end]) {
        for (at, sample) in recording.iter().enumerate().take(span.start).skip(from) {
            if sample.abs() > loudest.0 {
                loudest = (sample.abs(), at);
            }
        }
        from = from.max(span.end);
    }
    loudest
}

/// The power of `samples`, as a root mean square.
pub(crate) fn power(samples: &[f32]) -> f64 {
    (samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64).sqrt()
}
