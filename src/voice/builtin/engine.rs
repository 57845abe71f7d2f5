//! The engine itself, in C: one utterance at a time.
//!
//! Pico goes by what it finds in memory that it never set, and a reset leaves some of the last utterance
//! behind (measured: differences of up to 4e-4). So each utterance gets the same zeroed memory and the
//! engine is started in it anew, which takes a millisecond; that makes the same words the same samples.

#![allow(unsafe_code, reason = "pico is C; every call is in this file, each with its reason")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::marker::PhantomData;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ttspico_sys as pico;

use super::files::Files;

/// What pico works in: its own programs give it 2.5 MB, and 4 hold any of its voices.
const MEMORY: usize = 4 << 20;

/// At its default level pico clips 0.6 % of its samples.
const VOLUME: u16 = 50;

/// Samples asked for at once.
const BLOCK: usize = 1024;

/// Far past the slowest speech: 16 000 samples for each byte of text, and this many steps that give nothing.
const SAMPLES_PER_BYTE: usize = 16_000;
const EMPTY_STEPS: usize = 1_000_000;

/// The name of the only voice of each system.
const VOICE: &CStr = c"coach";

/// Pico wants to be initialised once, and not again before it is terminated: one at a time in the process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Where the voice is, and the memory to speak in.
pub(super) struct Engine {
    resources: [CString; 2],
    memory: Vec<u128>,
}

impl Engine {
    /// Loads the voice once, to see that it can speak.
    ///
    /// # Errors
    ///
    /// Pico's own words.
    pub(super) fn open(files: &Files) -> Result<Self, String> {
        let path =
            |path: &str| CString::new(path).map_err(|_| "its folder's name has a zero in it".to_owned());
        let mut engine = Self {
            resources: [path(&files.text_analysis)?, path(&files.sound_generation)?],
            memory: vec![0; MEMORY / size_of::<u128>()],
        };
        engine.start().map(drop)?;
        Ok(engine)
    }

    /// Says `text` at `speed` percent of the natural one, at 16 kHz.
    ///
    /// # Errors
    ///
    /// A sentence, when pico fails or finds no end.
    pub(super) fn speak(&mut self, text: &str, speed: u16) -> Result<Vec<f32>, String> {
        self.start()?.samples(marked_up(text, speed).as_bytes())
    }

    fn start(&mut self) -> Result<Running<'_>, String> {
        let alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        self.memory.fill(0);
        Running::start(&mut self.memory, &self.resources, alone)
    }
}

/// Pico, started in a stretch of memory that it has for itself.
struct Running<'a> {
    system: pico::pico_System,
    engine: pico::pico_Engine,
    memory: PhantomData<&'a mut [u128]>,
    /// Let go after the system is terminated.
    _alone: MutexGuard<'static, ()>,
}

impl<'a> Running<'a> {
    fn start(
        memory: &'a mut [u128],
        resources: &[CString; 2],
        alone: MutexGuard<'static, ()>,
    ) -> Result<Self, String> {
        let bytes = u32::try_from(size_of_val(memory)).map_err(|_| "its memory is too large".to_owned())?;
        let start = memory.as_mut_ptr().cast::<c_void>();
        let mut pico =
            Self { system: ptr::null_mut(), engine: ptr::null_mut(), memory: PhantomData, _alone: alone };
        // SAFETY: the memory is as long as stated, aligned for any C type, borrowed for as long as the
        // system lives, and no other system lives meanwhile (`ONE_AT_A_TIME`).
        let status = unsafe { pico::pico_initialize(start, bytes, &raw mut pico.system) };
        pico.check(status)?;
        // SAFETY: the system is initialised; the name is a C string that outlives the call.
        let status = unsafe { pico::pico_createVoiceDefinition(pico.system, VOICE.as_ptr().cast()) };
        pico.check(status)?;
        for path in resources {
            pico.load(path)?;
        }
        // SAFETY: as above; the voice has its text analysis and its sound generation, which pico asks for.
        let status =
            unsafe { pico::pico_newEngine(pico.system, VOICE.as_ptr().cast(), &raw mut pico.engine) };
        pico.check(status)?;
        Ok(pico)
    }

    /// Loads one file and gives it to the voice.
    fn load(&mut self, path: &CStr) -> Result<(), String> {
        let mut resource = ptr::null_mut();
        // SAFETY: the system is initialised; the path is a C string shorter than pico's 512 bytes
        // (`files::path_for_c`), which it copies.
        let status = unsafe { pico::pico_loadResource(self.system, path.as_ptr().cast(), &raw mut resource) };
        self.check(status)?;
        let mut name = [0 as c_char; pico::PICO_RETSTRINGSIZE];
        // SAFETY: the resource was just loaded; names have at most 32 bytes, here is room for 200.
        let status = unsafe { pico::pico_getResourceName(self.system, resource, name.as_mut_ptr()) };
        self.check(status)?;
        // SAFETY: both names are C strings that outlive the call.
        let status = unsafe {
            pico::pico_addResourceToVoiceDefinition(self.system, VOICE.as_ptr().cast(), name.as_ptr().cast())
        };
        self.check(status)
    }

    fn samples(&mut self, mut text: &[u8]) -> Result<Vec<f32>, String> {
        let longest = text.len().saturating_mul(SAMPLES_PER_BYTE);
        let mut samples = Vec::new();
        let mut empty_steps = 0;
        loop {
            text = self.put(text)?;
            let before = samples.len();
            let idle = self.step(&mut samples)?;
            if idle && text.is_empty() {
                return Ok(samples);
            }
            empty_steps += usize::from(samples.len() == before);
            if samples.len() > longest || empty_steps > EMPTY_STEPS {
                return Err("found no end of these words".into());
            }
        }
    }

    /// Hands over as much text as pico takes now, and gives back the rest.
    fn put<'t>(&mut self, text: &'t [u8]) -> Result<&'t [u8], String> {
        let length = i16::try_from(text.len()).unwrap_or(i16::MAX);
        let mut taken = 0;
        // SAFETY: the engine runs; the text has at least `length` bytes.
        let status = unsafe { pico::pico_putTextUtf8(self.engine, text.as_ptr(), length, &raw mut taken) };
        self.check(status)?;
        Ok(usize::try_from(taken).ok().and_then(|taken| text.get(taken..)).unwrap_or_default())
    }

    /// Lets pico do a little work and takes what came out of it; whether there is no more.
    fn step(&mut self, samples: &mut Vec<f32>) -> Result<bool, String> {
        let mut block = [0_i16; BLOCK];
        let bytes = i16::try_from(size_of_val(&block)).unwrap_or(i16::MAX);
        let (mut written, mut kind) = (0, 0);
        // SAFETY: the engine runs; the block has room for `bytes`.
        let status = unsafe {
            pico::pico_getData(self.engine, block.as_mut_ptr().cast(), bytes, &raw mut written, &raw mut kind)
        };
        let count = usize::try_from(written).unwrap_or_default() / size_of::<i16>();
        samples.extend(block.iter().take(count).map(|&sample| f32::from(sample) / 32_768.0));
        match status {
            pico::PICO_STEP_IDLE => Ok(true),
            pico::PICO_STEP_BUSY => Ok(false),
            failure => self.check(failure).map(|()| true),
        }
    }

    /// Pico's answer to a call, with its own words where it failed.
    fn check(&self, status: c_int) -> Result<(), String> {
        if status == pico::PICO_OK {
            return Ok(());
        }
        if self.system.is_null() {
            return Err(format!("can't start its engine (pico's error {status})"));
        }
        let mut message = [0 as c_char; pico::PICO_RETSTRINGSIZE];
        // SAFETY: the system is initialised, and messages have at most this many bytes with their zero.
        let message = unsafe {
            pico::pico_getSystemStatusMessage(self.system, status, message.as_mut_ptr());
            CStr::from_ptr(message.as_ptr())
        };
        Err(format!("failed: {} (pico's error {status})", message.to_string_lossy()))
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        // SAFETY: each handle is either null or alive, and none is used again; the engine goes before the system.
        unsafe {
            if !self.engine.is_null() {
                pico::pico_disposeEngine(self.system, &raw mut self.engine);
            }
            if !self.system.is_null() {
                pico::pico_terminate(&raw mut self.system);
            }
        }
    }
}

/// The words in pico's markup, which ends in the zero that makes it speak.
fn marked_up(text: &str, speed: u16) -> String {
    let escaped = text.replace('\0', " ").replace('&', "&amp;").replace('<', "&lt;");
    format!(r#"<volume level="{VOLUME}"><speed level="{speed}">{escaped}</speed></volume>"#) + "\0"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_markup() {
        assert_eq!(
            marked_up("a < b & c\0", 90),
            "<volume level=\"50\"><speed level=\"90\">a &lt; b &amp; c </speed></volume>\0"
        );
    }
}
