//! The messages of PulseAudio's native protocol, which PipeWire speaks too.

use std::ffi::CString;
use std::io::{self, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use pulseaudio::protocol::{
    self, AuthParams, AuthReply, ChannelMap, Command, Descriptor, PlaybackStreamParams, Prop, Props,
    ProtocolError, SampleFormat, SampleSpec, SetClientNameReply, TagStructRead, TagStructReader,
    stream::{BufferAttr, StreamFlags},
};

use crate::time::SampleRate;

/// How long a server may take over each step of a greeting.
const GREETING: Duration = Duration::from_secs(2);
/// How long it may take to read what is written to it.
const WRITING: Duration = Duration::from_secs(2);
/// The longest message of a server that is read, in bytes: a list of sinks has some thousands.
const LONGEST: u32 = 16 << 20;

/// Bytes of a frame: two floats.
pub(super) const FRAME: u64 = 8;
/// Frames that the server holds ahead, its sink's own buffer included: half a second. So long may this process be kept
/// from running. It costs no time: what was not heard is taken back (see `tape`).
const AHEAD: u32 = 24_000;
/// Frames that the server asks for at once, 0.2 s. What is left of [`AHEAD`] beside two of these it divides between
/// its own queue and the sink's buffer, which then is of 50 ms: that part can't be taken back on every sink.
const ASKED: u32 = 9600;
/// Frames before the sound begins, and begins again after a gap.
const BEGINNING: u32 = 4800;

/// A connection on which a server has been greeted.
pub(super) struct Wire {
    pub(super) reader: BufReader<UnixStream>,
    pub(super) writer: UnixStream,
    pub(super) version: u16,
}

impl Wire {
    /// Finds the server as its own clients do, and greets it.
    pub(super) fn connect() -> Result<Self, ProtocolError> {
        let none = || io::Error::new(io::ErrorKind::NotFound, "there is no socket of a sound server");
        let path = pulseaudio::socket_path_from_env().ok_or_else(none)?;
        let cookie = pulseaudio::cookie_path_from_env().and_then(|path| std::fs::read(path).ok());
        let writer = UnixStream::connect(path)?;
        writer.set_read_timeout(Some(GREETING))?;
        writer.set_write_timeout(Some(WRITING))?;
        let mut wire =
            Self { reader: BufReader::new(writer.try_clone()?), writer, version: protocol::MAX_VERSION };
        let auth = AuthParams {
            version: protocol::MAX_VERSION,
            supports_shm: false,
            supports_memfd: false,
            cookie: cookie.unwrap_or_default(),
        };
        let reply: AuthReply = wire.ask(0, &Command::Auth(auth))?;
        wire.version = reply.version.min(protocol::MAX_VERSION);
        let mut props = Props::new();
        props.set(Prop::ApplicationName, c"coach");
        if let Ok(id) = CString::new(std::process::id().to_string()) {
            props.set(Prop::ApplicationProcessId, id);
        }
        let _: SetClientNameReply = wire.ask(1, &Command::SetClientName(props))?;
        wire.writer.set_read_timeout(None)?;
        Ok(wire)
    }

    fn ask<T: protocol::CommandReply>(&mut self, number: u32, command: &Command) -> Result<T, ProtocolError> {
        protocol::write_command_message(&mut self.writer, number, command, self.version)?;
        protocol::read_reply_message(&mut self.reader, self.version).map(|(_, reply)| reply)
    }
}

/// A message as it came: what kind it is, and its whole text to read a reply from.
pub(super) struct Message {
    pub(super) number: u32,
    pub(super) command: Command,
    bytes: Vec<u8>,
    version: u16,
}

impl Message {
    /// Waits for the next message that this protocol knows.
    pub(super) fn read(from: &mut impl Read, version: u16) -> Result<Self, ProtocolError> {
        loop {
            let Descriptor { length, channel, .. } = protocol::read_descriptor(from)?;
            if length > LONGEST {
                return Err(ProtocolError::Invalid("a message that is too long".into()));
            }
            let mut bytes = vec![0; length as usize];
            from.read_exact(&mut bytes)?;
            // What belongs to a channel is sound, which nobody here records.
            if channel == u32::MAX
                && let Ok((number, command)) =
                    Command::read_tag_prefixed(&mut io::Cursor::new(&bytes), version)
            {
                return Ok(Self { number, command, bytes, version });
            }
        }
    }

    /// What a reply holds.
    pub(super) fn reply<T: TagStructRead>(&self) -> Result<T, ProtocolError> {
        let mut cursor = io::Cursor::new(&self.bytes);
        let mut reader = TagStructReader::new(&mut cursor, self.version);
        let (_, _) = (reader.read_u32()?, reader.read_u32()?);
        reader.read()
    }
}

/// Adds a command to what is to be written.
pub(super) fn put_command(out: &mut Vec<u8>, number: u32, command: &Command, version: u16) {
    // Writing to memory does not fail; a command without its fields would be refused by the server and told.
    let _ = protocol::write_command_message(out, number, command, version);
}

/// Adds samples for both ears, at a place of the stream where one is given, else after what came before.
pub(super) fn put_samples(out: &mut Vec<u8>, channel: u32, at: Option<u64>, samples: &[f32]) {
    /// Where the samples go: after the last ones, or at a place that is counted from the stream's beginning.
    const RELATIVE: u32 = 0;
    const ABSOLUTE: u32 = 1;
    let (offset, seek) = at.map_or((0, RELATIVE), |frame| (frame * FRAME, ABSOLUTE));
    let length = u32::try_from(samples.len() as u64 * FRAME).unwrap_or(u32::MAX);
    out.reserve(protocol::DESCRIPTOR_SIZE + length as usize);
    for word in [length, channel] {
        out.extend(word.to_be_bytes());
    }
    out.extend(offset.to_be_bytes());
    out.extend(seek.to_be_bytes());
    for sample in samples {
        let bytes = sample.to_le_bytes();
        out.extend(bytes);
        out.extend(bytes);
    }
}

/// The stream of a session on the sink of this index. It does not move: where its sink goes, it ends, and is never
/// heard anywhere else in its place.
pub(super) fn stream_on(sink: u32) -> PlaybackStreamParams {
    let bytes = |frames: u32| frames * u32::try_from(FRAME).unwrap_or(0);
    let mut props = Props::new();
    props.set(Prop::MediaName, c"session");
    PlaybackStreamParams {
        sample_spec: SampleSpec {
            format: SampleFormat::Float32Le,
            channels: 2,
            sample_rate: SampleRate::STUDIO.hertz(),
        },
        channel_map: ChannelMap::stereo(),
        sink_index: Some(sink),
        buffer_attr: BufferAttr {
            target_length: bytes(AHEAD),
            minimum_request_length: bytes(ASKED),
            pre_buffering: bytes(BEGINNING),
            ..Default::default()
        },
        props,
        flags: StreamFlags { start_corked: true, no_move: true, adjust_latency: true, ..Default::default() },
        ..Default::default()
    }
}

/// Writes all that is to be written, within a limit of time.
pub(super) fn write(to: &mut UnixStream, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes)
}
